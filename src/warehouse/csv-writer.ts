import type { Output } from './output.ts'
import type { Column } from './result.ts'
import { asCsv } from './row-formats.ts'
import {
  appendText,
  beginRow,
  copyRun,
  ESCAPED,
  FLUSH_BYTES,
  flushPage,
  type Marks,
  newPage,
  type Page,
  UNCOPIED,
  wordOf,
} from './row-page.ts'
import {
  broken,
  endOfText,
  INCOMPLETE,
  type RowWriter,
  rowOf,
  type Stretch,
  scanRow,
  type ValueSink,
  WORD_BYTES,
} from './row-scanner.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const LF = 0x0a
const CR = 0x0d
const OPEN = 0x5b
const CLOSE = 0x5d
const NULL_WORD = Buffer.from('null').readInt32LE()

const [ONES, SPACES, HIGHEST] = [wordOf(1), wordOf(0x20), wordOf(0x80)]
const [QUOTES, BACKSLASHES, COMMAS] = [wordOf(QUOTE), wordOf(BACKSLASH), wordOf(COMMA)]

/** Marks control characters, quotes, backslashes and commas. */
const marks: Marks = (word) =>
  ((word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | ((word ^ COMMAS) - ONES)) &
  ~word &
  HIGHEST

/**
 * Copies a string and puts it between quotes if csv needs them; gives back where it is over, behind its closing quote,
 * INCOMPLETE, or UNCOPIED.
 */
function copyQuoted({ bytes, words }: Stretch, start: number, limit: number, page: Page): number {
  const { bytes: out, words: outWords, to: opening } = page
  let to = opening
  out[to++] = QUOTE
  let isNeeded = false
  for (let at = start; ; ) {
    const count = copyRun(words, at, outWords, to, marks)
    to += count
    at += count
    if (at + 1 >= limit) return INCOMPLETE
    let byte = bytes[at++] as number
    if (byte === QUOTE) {
      page.to = isNeeded ? to + 1 : to - 1
      if (isNeeded) out[to] = QUOTE
      // The quote in front is taken back, without a call: it would slow down the loop of copyRow.
      else for (let moved = opening + 1; moved < to; moved++) out[moved - 1] = out[moved] as number
      return at
    }
    if (byte === BACKSLASH) {
      byte = ESCAPED[bytes[at++] as number] as number
      if (byte === 0) return UNCOPIED
    } else if (byte !== COMMA) throw broken('holds a character that JSON does not allow')
    if (byte === QUOTE) out[to++] = QUOTE
    out[to++] = byte
    isNeeded ||= byte === QUOTE || byte === COMMA || byte === LF || byte === CR
  }
}

/** Takes nothing: the row is only looked through. */
const passedOver: ValueSink = {
  beginRow: () => undefined,
  text: ({ bytes }, start, limit) => endOfText(bytes, start, limit),
  nothing: () => undefined,
}

/** Writes csv. */
export function csvWriter(columns: readonly Column[], output: Output): RowWriter {
  const width = columns.length
  const { line } = asCsv(columns)
  const page = newPage()

  function endOfRow({ bytes }: Stretch, at: number, to: number, count: number): number {
    if (bytes[at] !== CLOSE || count !== width) return UNCOPIED
    page.to = to
    return at + 1
  }

  /**
   * Copies a row; gives back where it is over, INCOMPLETE, or UNCOPIED for one that has to be written from its text: one with
   * space between its values, which servers do not send, with a rare escape, with NULL in a single column, or with what is no
   * row. Nearly all the time is spent in this loop. A call in it that is not compiled into it would make it take half as long
   * again.
   */
  function copyRow(from: Stretch, start: number, limit: number): number {
    const { bytes, words } = from
    const { bytes: out, words: outWords } = page
    if (bytes[start] !== OPEN) return UNCOPIED
    let { to } = page
    let at = start + 1
    for (let count = 1; ; count++) {
      if (bytes[at] === QUOTE) {
        const length = copyRun(words, at + 1, outWords, to, marks)
        if (bytes[at + 1 + length] === QUOTE) {
          at += length + 2
          to += length
          if (length === 0) {
            out[to++] = QUOTE
            out[to++] = QUOTE
          }
        } else {
          page.to = to
          at = copyQuoted(from, at + 1, limit, page)
          if (at < 0) return at
          to = page.to
        }
      } else if (width > 1 && words.getInt32(at, true) === NULL_WORD) {
        at += WORD_BYTES
      } else return UNCOPIED
      if (bytes[at] !== COMMA) return endOfRow(from, at, to, count)
      out[to++] = COMMA
      at++
    }
  }

  return {
    readRow: (from, start, limit) => {
      beginRow(page, limit - start)
      const copied = copyRow(from, start, limit)
      if (copied !== UNCOPIED) return copied
      const over = scanRow(from, start, limit, width, passedOver)
      page.to = page.size
      if (over !== INCOMPLETE) appendText(page, line(rowOf(from.bytes, start, over)).slice(0, -1))
      return over
    },
    endRow: () => {
      page.bytes[page.to++] = LF
      page.size = page.to
      flushPage(page, output, FLUSH_BYTES)
    },
    flush: () => flushPage(page, output, 0),
  }
}
