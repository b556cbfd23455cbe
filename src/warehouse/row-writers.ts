import { ActionError } from '../errors.ts'
import { Fault } from '../http/fault.ts'
import type { Format } from './formats.ts'
import type { Output } from './output.ts'
import type { Column, Row } from './result.ts'
import { asCsv, asJsonl, csvCell } from './row-formats.ts'
import { type Cells, COMMA, ESCAPE, NULL } from './row-scanner.ts'

/** Takes rows as they are scanned, and writes them in a format. */
export interface RowWriter {
  row: (bytes: Buffer, cells: Cells) => void
  flush: () => void
}

function valueAt(bytes: Buffer, cells: Cells, cell: number): string | null {
  const [start = NULL, end = NULL, holds = 0] = [cells[cell], cells[cell + 1], cells[cell + 2]]
  if (start === NULL) return null
  if ((holds & ESCAPE) === 0) return bytes.toString('utf8', start, end)
  try {
    return JSON.parse(bytes.toString('utf8', start - 1, end + 1))
  } catch {
    const failure = new ActionError('RESULT_INVALID', 'A part of the result holds an escape that JSON does not know.')
    throw new Fault(failure, { transient: true })
  }
}

/** The values of a row. @throws Fault for an escape that JSON does not know */
export function rowOf(bytes: Buffer, cells: Cells): Row {
  const row: (string | null)[] = []
  for (let cell = 0; cell < cells.length; cell += 3) row.push(valueAt(bytes, cells, cell))
  return row
}

const FLUSH_BYTES = 256 * 1024

/** How csv ends a line and writes NULL for these columns, as the one place has it that knows csv. */
function csvSigns(columns: readonly Column[]) {
  const nulls = asCsv(columns).line(columns.map(() => null))
  const end = /[\r\n]+$/.exec(nulls)?.[0] ?? ''
  const commas = columns.length - 1
  const nullValue = nulls.slice(0, (nulls.length - end.length - commas) / columns.length)
  const bytesOf = (text: string) => Buffer.from(text)
  return { end: bytesOf(end), nullValue: bytesOf(nullValue), emptyValue: bytesOf(csvCell('')) }
}

const COMMA_SIGN = 0x2c
const QUOTE = 0x22
// Below it a loop is faster than a call.
const FEW_BYTES = 32

/** Writes csv from the bytes as they are, since most values need nothing: no text is made of them. */
function csvWriter(columns: readonly Column[], output: Output): RowWriter {
  const { end, nullValue, emptyValue } = csvSigns(columns)
  let out = Buffer.allocUnsafe(2 * FLUSH_BYTES)
  let size = 0

  /** Writes a value that is not as plain as most; gives back where it is over. */
  function appendOther(bytes: Buffer, cells: Cells, cell: number, to: number): number {
    const start = cells[cell] as number
    const stop = cells[cell + 1] as number
    const holds = cells[cell + 2] as number
    if (start === NULL) return to + nullValue.copy(out, to)
    if (start === stop) return to + emptyValue.copy(out, to)
    if ((holds & ESCAPE) !== 0) return to + out.write(csvCell(valueAt(bytes, cells, cell)), to)
    const quotes = (holds & COMMA) === 0 ? 0 : 1
    out[to] = QUOTE
    const end = to + quotes + bytes.copy(out, to + quotes, start, stop)
    out[end] = QUOTE
    return end + quotes
  }
  /** Writes a row; gives back where it is over. What most values are like is written in place: calls would cost more. */
  function appendRow(bytes: Buffer, cells: Cells, from: number): number {
    let to = from
    for (let cell = 0; cell < cells.length; cell += 3) {
      if (cell > 0) out[to++] = COMMA_SIGN
      const start = cells[cell] as number
      const stop = cells[cell + 1] as number
      const length = stop - start
      if (start === NULL || length === 0 || length > FEW_BYTES || cells[cell + 2] !== 0) {
        to = appendOther(bytes, cells, cell, to)
      } else for (let at = start; at < stop; at++) out[to++] = bytes[at] as number
    }
    return to + end.copy(out, to)
  }
  // A value takes two bytes a byte at the most, all of them quotes, and two quotes around it.
  function makeRoom(cells: Cells): void {
    let first = 0
    while (first < cells.length && cells[first] === NULL) first += 3
    let last = cells.length - 3
    while (last > first && cells[last] === NULL) last -= 3
    const bytes = first < cells.length ? (cells[last + 1] as number) - (cells[first] as number) : 0
    const most = size + 2 * bytes + 5 * cells.length + end.length
    if (most <= out.length) return
    const larger = Buffer.allocUnsafe(2 * most)
    out.copy(larger, 0, 0, size)
    out = larger
  }
  const flush = () => {
    output.writeBytes(out.subarray(0, size))
    size = 0
  }
  return {
    row: (bytes, cells) => {
      makeRoom(cells)
      // A row is written whole or not at all: what is thrown within leaves the size as it is.
      size = appendRow(bytes, cells, size)
      if (size >= FLUSH_BYTES) flush()
    },
    flush,
  }
}

function jsonlWriter(columns: readonly Column[], output: Output): RowWriter {
  const { line } = asJsonl(columns)
  let text = ''
  const flush = () => {
    output.write(text)
    text = ''
  }
  return {
    row: (bytes, cells) => {
      text += line(rowOf(bytes, cells))
      if (text.length >= FLUSH_BYTES) flush()
    },
    flush,
  }
}

/** What stands before the rows. */
export const headOf = (format: Format, columns: readonly Column[]): string =>
  (format === 'csv' ? asCsv : asJsonl)(columns).head

/** Opens a writer of csv or jsonl; what it writes is as that of results that come inline. */
export const openRowWriter = (output: Output, columns: readonly Column[]): RowWriter =>
  output.format === 'csv' ? csvWriter(columns, output) : jsonlWriter(columns, output)
