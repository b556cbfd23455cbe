import { csvWriter } from './csv-writer.ts'
import type { Format } from './formats.ts'
import { jsonlWriter } from './jsonl-writer.ts'
import type { Output } from './output.ts'
import type { Column, Row } from './result.ts'
import { asCsv, asJsonl } from './row-formats.ts'
import type { RowWriter } from './row-scanner.ts'

/** The values of a row, from its JSON. */
export const rowOf = (bytes: Buffer, start: number, end: number): Row => JSON.parse(bytes.toString('utf8', start, end))

/** What stands before the rows. */
export const headOf = (format: Format, columns: readonly Column[]): string =>
  (format === 'csv' ? asCsv : asJsonl)(columns).head

/** Opens a writer of csv or jsonl; what it writes is as that of results that come inline. */
export const openRowWriter = (output: Output, columns: readonly Column[]): RowWriter =>
  output.format === 'csv' ? csvWriter(columns, output) : jsonlWriter(columns, output)
