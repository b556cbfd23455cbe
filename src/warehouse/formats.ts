import type { Column, Row } from './result.ts'
import { asCsv, asJsonl, type LineFormat, singleValue } from './row-formats.ts'
import { asMarkdown, asTable } from './table.ts'

/** How a format is written: row by row as they come, or the whole at once. */
type Writer =
  | { lines: (columns: readonly Column[]) => LineFormat }
  | { whole: (columns: readonly Column[], rows: readonly Row[], hasMore: boolean) => string }

interface FormatRules {
  /** Of the file of --output that needs no --format beside it. */
  extension?: string
  /** Whether the result of each statement is shown, or that of the last alone. */
  showsEach: boolean
  /** Rows that are asked for without --max-rows; all of them if it is left out. */
  rows?: number
  /** Whether --external-links takes it: `row-writers.ts` then has a writer of it, from bytes to bytes. */
  isLinked?: true
  writer: Writer
}

// Formats for people show each result, and only the beginning of a long one.
const forPeople = (tableOf: (columns: readonly Column[], rows: readonly Row[]) => string) => ({
  showsEach: true,
  rows: 100,
  writer: {
    whole: (columns: readonly Column[], rows: readonly Row[], hasMore: boolean) =>
      columns.length === 0 ? '' : tableOf(columns, rows) + (hasMore ? 'More rows exist: --max-rows shows more.\n' : ''),
  },
})

/** Each format, with all that differs between them. What the runner would obey is refused whatever the format. */
const FORMATS = {
  table: forPeople(asTable),
  csv: { extension: '.csv', showsEach: false, isLinked: true, writer: { lines: asCsv } },
  jsonl: { extension: '.jsonl', showsEach: false, isLinked: true, writer: { lines: asJsonl } },
  markdown: { extension: '.md', ...forPeople((columns, rows) => `${asMarkdown(columns, rows)}\n`) },
  value: {
    showsEach: false,
    // Two rows are asked for, since the second one shows that there is more than one.
    rows: 2,
    writer: { whole: (columns, rows, hasMore) => `${singleValue(columns, rows, hasMore)}\n` },
  },
} satisfies Record<string, FormatRules>

export type Format = keyof typeof FORMATS

export const FORMAT_NAMES = Object.keys(FORMATS) as Format[]

export const rulesOf = (format: Format): FormatRules => FORMATS[format]

/** The formats that --external-links takes, as a sentence lists them: "csv or jsonl". */
export const LINKED_FORMATS = FORMAT_NAMES.filter((name) => rulesOf(name).isLinked)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ')

const extensionOf = (format: Format): string => rulesOf(format).extension ?? ''

/** The extensions that tell a format, as a sentence lists them: ".csv, .jsonl or .md". */
export const EXTENSIONS = FORMAT_NAMES.map(extensionOf)
  .filter((extension) => extension !== '')
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ')

/** The format that the extension of a file tells, such as `.csv`. */
export const formatOfExtension = (extension: string): Format | undefined =>
  FORMAT_NAMES.find((name) => extension !== '' && extensionOf(name) === extension.toLowerCase())
