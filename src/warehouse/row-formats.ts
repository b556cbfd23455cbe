import { ActionError } from '../errors.ts'
import { type Column, escapeForLog, isNumeric, type Row } from './result.ts'

/** A format that is written row by row. */
export interface LineFormat {
  head: string
  line: (row: Row) => string
}

// An empty text is written as two quotes, and NULL as nothing, so that they can be told apart.
function csvCell(value: string | null): string {
  if (value === null) return ''
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

// Python's csv reader skips an empty line, so that NULL in a single column is written as two quotes, too.
const csvLine = (values: Row): string => `${values.map(csvCell).join(',') || '""'}\n`

/** RFC 4180 with a header, but for the ends of its lines: LF, which tools for text expect. */
export const asCsv = (columns: readonly Column[]): LineFormat => ({
  head: csvLine(columns.map(({ name }) => name)),
  line: csvLine,
})

// A second column of the same name gets another name: most JSON readers would drop one of the two.
function uniqueNames(columns: readonly Column[]): string[] {
  const taken = new Set<string>()
  return columns.map(({ name }) => {
    let unique = name
    for (let n = 1; taken.has(unique); n++) unique = `${name}_${n}`
    taken.add(unique)
    return unique
  })
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
const NESTED = /^(ARRAY|MAP|STRUCT|VARIANT)\b/

function nestedJson(value: string): string | undefined {
  try {
    JSON.parse(value)
    // The value stays as it came, since parsing would round long numbers. A line break in valid JSON stands between tokens.
    return value.replace(/[\r\n\t]/g, ' ')
  } catch {
    return undefined
  }
}

/** Whether each value of a column is a string in jsonl. */
export const isJsonText = (column: Column): boolean =>
  column.type !== 'BOOLEAN' && !isNumeric(column) && !NESTED.test(column.type)

function jsonValue(value: string | null, column: Column): string {
  if (value === null) return 'null'
  const { type } = column
  if (type === 'BOOLEAN' && (value === 'true' || value === 'false')) return value
  // As digits, since a number of JavaScript would round them. NaN and Infinity are no JSON.
  if (isNumeric(column) && JSON_NUMBER.test(value)) return value
  return (NESTED.test(type) ? nestedJson(value) : undefined) ?? JSON.stringify(value)
}

/** A value as jsonl holds it. Outside of its strings JSON holds none of the characters that are escaped here. */
export const jsonCell = (value: string | null, column: Column): string => escapeForLog(jsonValue(value, column))

/** What stands before the values of jsonl: the name of each, and a colon. */
export const jsonNames = (columns: readonly Column[]): string[] =>
  uniqueNames(columns).map((name) => `${escapeForLog(JSON.stringify(name))}:`)

/** An object a row, each a line. */
export function asJsonl(columns: readonly Column[]): LineFormat {
  const names = jsonNames(columns)
  const member = (column: Column, at: number, row: Row) => `${names[at]}${jsonCell(row[at] ?? null, column)}`
  return { head: '', line: (row) => `{${columns.map((column, at) => member(column, at, row)).join(',')}}\n` }
}

const unfit = (happened: string) => new ActionError('RESULT_UNFIT', happened)

/**
 * The text of a result of one value.
 *
 * @param rows those that came; two are enough to see that there is more than one
 * @throws ActionError RESULT_UNFIT for anything but one row with one column that is neither NULL nor more than a line
 */
export function singleValue(columns: readonly Column[], rows: readonly Row[], hasMore: boolean): string {
  if (columns.length !== 1) throw unfit(`--format value takes one column, and the result has ${columns.length}.`)
  if (rows.length !== 1 || hasMore) {
    throw unfit(`--format value takes one row, and the result has ${rows.length === 0 ? 'none' : 'more'}.`)
  }
  const value = rows[0]?.[0] ?? null
  if (value === null) throw unfit('--format value takes a value, and the result is NULL.')
  if (/[\r\n]/.test(value)) throw unfit('--format value takes one line, and the value has several.')
  return value
}
