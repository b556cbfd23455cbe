import type { Output } from './output.ts'
import { type Column, isNumeric } from './result.ts'
import { isJsonText, jsonCell, jsonNames } from './row-formats.ts'
import {
  appendBytes,
  appendText,
  beginRow,
  copyRun,
  ESCAPED,
  FLUSH_BYTES,
  flushPage,
  type Marks,
  newPage,
  type Page,
  textAt,
  UNCOPIED,
  wordOf,
} from './row-page.ts'
import { broken, endOfText, INCOMPLETE, type RowWriter, type Stretch, scanRow, type ValueSink } from './row-scanner.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const HASH = 0x23
const OPEN = 0x5b
const SLASH = 0x2f
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const FIRST_PRINTABLE = 0x20
const DELETE = 0x7f

// These values take the slow way: some characters outside ASCII are escaped, and a bracket may complete a workflow command.
const [ONES, SPACES, HIGHEST] = [wordOf(1), wordOf(0x20), wordOf(0x80)]
const [QUOTES, BACKSLASHES, OPENS, DELETES] = [wordOf(QUOTE), wordOf(BACKSLASH), wordOf(OPEN), wordOf(DELETE)]

/** Marks control characters, quotes, backslashes, brackets that open, and what is not ASCII. */
const marks: Marks = (word) => {
  const quotes = word ^ QUOTES
  const backslashes = word ^ BACKSLASHES
  const opens = word ^ OPENS
  const deletes = word ^ DELETES
  return ((word - SPACES) | (quotes - ONES) | (backslashes - ONES) | (opens - ONES) | (deletes - ONES) | word) & HIGHEST
}

/** Copies a string as JSON has it; gives back where it is over, INCOMPLETE or UNCOPIED. */
function copyString(from: Stretch, start: number, limit: number, page: Page): number {
  const { bytes } = from
  page.bytes[page.to++] = QUOTE
  for (let at = start; ; at++) {
    const count = copyRun(from.words, at, page.words, page.to, marks)
    page.to += count
    at += count
    if (at + 1 >= limit) return INCOMPLETE
    const byte = bytes[at] as number
    if (byte < FIRST_PRINTABLE) throw broken('holds a character that JSON does not allow')
    if (byte >= DELETE || (byte === OPEN && bytes[at - 1] === HASH)) return UNCOPIED
    page.bytes[page.to++] = byte
    if (byte === QUOTE) return at
    if (byte !== BACKSLASH) continue
    const sign = bytes[at + 1] as number
    // All other escapes are written as they came, since they are the shortest form already.
    if (sign === SLASH || ESCAPED[sign] === 0) return UNCOPIED
    page.bytes[page.to++] = sign
    at++
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE

function copyDigits(bytes: Buffer, start: number, limit: number, page: Page): number {
  let at = start
  for (; at < limit && isDigit(bytes[at]); at++) page.bytes[page.to++] = bytes[at] as number
  return at
}

/** Copies a number without an exponent; gives back where it is over, INCOMPLETE or UNCOPIED. */
function copyNumber({ bytes }: Stretch, start: number, limit: number, page: Page): number {
  const first = bytes[start] === MINUS ? start + 1 : start
  if (first > start) page.bytes[page.to++] = MINUS
  let at = copyDigits(bytes, first, limit, page)
  if (at === first || (bytes[first] === ZERO && at > first + 1)) return UNCOPIED
  if (bytes[at] === POINT) {
    page.bytes[page.to++] = POINT
    const fraction = at + 1
    at = copyDigits(bytes, fraction, limit, page)
    if (at === fraction) return UNCOPIED
  }
  if (at >= limit) return INCOMPLETE
  return bytes[at] === QUOTE ? at : UNCOPIED
}

const copyNothing = (): number => UNCOPIED

/** How values of a column are copied, where they can be. */
function copierOf(column: Column) {
  if (isNumeric(column)) return copyNumber
  return isJsonText(column) ? copyString : copyNothing
}

/** Writes jsonl. */
export function jsonlWriter(columns: readonly Column[], output: Output): RowWriter {
  const page = newPage()
  const members = jsonNames(columns).map((name, at) => ({
    before: Buffer.from(`${at === 0 ? '{' : ','}${name}`),
    column: columns[at] as Column,
    copy: copierOf(columns[at] as Column),
  }))
  const end = Buffer.from(columns.length === 0 ? '{}\n' : '}\n')
  const nullValue = Buffer.from('null')
  const fixed = members.reduce((sum, { before }) => sum + before.length + nullValue.length + 2, end.length)

  function text(from: Stretch, start: number, limit: number, at: number): number {
    const { before, column, copy } = members[at] as (typeof members)[number]
    appendBytes(page, before)
    const begun = page.to
    const copied = copy(from, start, limit, page)
    if (copied !== UNCOPIED) return copied
    page.to = begun
    const stop = endOfText(from.bytes, start, limit)
    if (stop !== INCOMPLETE) appendText(page, jsonCell(textAt(from.bytes, start, stop), column))
    return stop
  }
  const sink: ValueSink = {
    text,
    beginRow: (most) => beginRow(page, most + fixed),
    nothing: (at) => {
      appendBytes(page, (members[at] as (typeof members)[number]).before)
      appendBytes(page, nullValue)
    },
  }
  return {
    readRow: (from, start, limit) => scanRow(from, start, limit, columns.length, sink),
    endRow: () => {
      appendBytes(page, end)
      page.size = page.to
      flushPage(page, output, FLUSH_BYTES)
    },
    flush: () => flushPage(page, output, 0),
  }
}
