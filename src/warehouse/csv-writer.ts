import type { Output } from './output.ts'
import type { Column } from './result.ts'
import { asCsv, csvCell } from './row-formats.ts'
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
import { broken, endOfText, INCOMPLETE, type RowWriter, type Stretch } from './row-scanner.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const LF = 0x0a
const CR = 0x0d

/** How csv ends a line and writes NULL for these columns, as the one place has it that knows csv. */
function csvSigns(columns: readonly Column[]) {
  const nulls = asCsv(columns).line(columns.map(() => null))
  const end = /[\r\n]+$/.exec(nulls)?.[0] ?? ''
  const commas = columns.length - 1
  const nullValue = nulls.slice(0, (nulls.length - end.length - commas) / columns.length)
  const bytesOf = (text: string) => Buffer.from(text)
  return { end: bytesOf(end), nullValue: bytesOf(nullValue), emptyValue: bytesOf(csvCell('')) }
}

const [ONES, SPACES, HIGHEST] = [wordOf(1), wordOf(0x20), wordOf(0x80)]
const [QUOTES, BACKSLASHES, COMMAS] = [wordOf(QUOTE), wordOf(BACKSLASH), wordOf(COMMA)]

/** Marks control characters, quotes, backslashes and commas. */
const marks: Marks = (word) => {
  const quotes = word ^ QUOTES
  const backslashes = word ^ BACKSLASHES
  const commas = word ^ COMMAS
  const below = ((word - SPACES) & ~word) | ((quotes - ONES) & ~quotes)
  return (below | ((backslashes - ONES) & ~backslashes) | ((commas - ONES) & ~commas)) & HIGHEST
}

/**
 * Goes on with a string whose first bytes were copied, up to one that is marked, and puts it between quotes; gives back where
 * it is over, INCOMPLETE or UNCOPIED.
 */
function copyQuoted(from: Stretch, copied: number, start: number, limit: number, page: Page): number {
  const { bytes } = from
  if (start + 1 >= limit) return INCOMPLETE
  const opening = page.to - copied
  page.bytes.copyWithin(opening + 1, opening, page.to++)
  page.bytes[opening] = QUOTE
  let isNeeded = false
  for (let at = start; ; at = copyRun(from, at + 1, limit, page, marks)) {
    if (at + 1 >= limit) return INCOMPLETE
    let byte = bytes[at] as number
    if (byte === QUOTE) {
      page.bytes[page.to++] = QUOTE
      // Its quotes are taken back where csv needs none.
      if (!isNeeded) {
        page.bytes.copyWithin(opening, opening + 1, page.to - 1)
        page.to -= 2
      }
      return at
    }
    if (byte === BACKSLASH) {
      byte = ESCAPED[bytes[++at] as number] as number
      if (byte === 0) return UNCOPIED
    } else if (byte !== COMMA) throw broken('holds a character that JSON does not allow')
    if (byte === QUOTE) page.bytes[page.to++] = QUOTE
    page.bytes[page.to++] = byte
    isNeeded ||= byte === QUOTE || byte === COMMA || byte === LF || byte === CR
  }
}

/** Writes csv. */
export function csvWriter(columns: readonly Column[], output: Output): RowWriter {
  const { end, nullValue, emptyValue } = csvSigns(columns)
  const page = newPage()
  const fixed = columns.length * (3 + nullValue.length + emptyValue.length) + end.length

  function text(from: Stretch, start: number, limit: number, column: number): number {
    if (column > 0) page.bytes[page.to++] = COMMA
    const begun = page.to
    let at = copyRun(from, start, limit, page, marks)
    if (at < limit && from.bytes[at] === QUOTE) {
      if (at === start) appendBytes(page, emptyValue)
      return at
    }
    at = copyQuoted(from, at - start, at, limit, page)
    if (at !== UNCOPIED) return at
    page.to = begun
    const stop = endOfText(from.bytes, start, limit)
    if (stop !== INCOMPLETE) appendText(page, csvCell(textAt(from.bytes, start, stop)))
    return stop
  }
  return {
    text,
    beginRow: (most) => beginRow(page, most + fixed),
    nothing: (column) => {
      if (column > 0) page.bytes[page.to++] = COMMA
      appendBytes(page, nullValue)
    },
    endRow: () => {
      appendBytes(page, end)
      page.size = page.to
      flushPage(page, output, FLUSH_BYTES)
    },
    flush: () => flushPage(page, output, 0),
  }
}
