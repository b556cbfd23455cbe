import { csvWriter } from './csv-writer.ts'
import type { Format } from './formats.ts'
import { jsonlWriter } from './jsonl-writer.ts'
import type { Output } from './output.ts'
import type { Column } from './result.ts'
import { asCsv, asJsonl } from './row-formats.ts'
import type { RowWriter } from './row-scanner.ts'

const WRITERS: Partial<Record<Format, { lines: typeof asCsv; open: typeof csvWriter }>> = {
  csv: { lines: asCsv, open: csvWriter },
  jsonl: { lines: asJsonl, open: jsonlWriter },
}

function writerOf(format: Format) {
  const writer = WRITERS[format]
  if (writer === undefined) throw new Error(`--external-links has no writer of ${format}`)
  return writer
}

/** What stands before the rows. */
export const headOf = (format: Format, columns: readonly Column[]): string => writerOf(format).lines(columns).head

/** Opens a writer of a format that --external-links takes; it writes what results that come inline would be. */
export const openRowWriter = (output: Output, columns: readonly Column[]): RowWriter =>
  writerOf(output.format).open(columns, output)
