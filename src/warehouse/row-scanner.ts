import { ActionError } from '../errors.ts'
import { Fault } from '../http/fault.ts'
import type { Row } from './result.ts'

/** In place of a position: what was to be read is not all there. */
export const INCOMPLETE = -1

/** Bytes, and the same bytes as words. Behind them is room for a word, so that one may begin at the last of them. */
export interface Stretch {
  bytes: Buffer
  words: DataView
}

export const WORD_BYTES = 4

/** A stretch of so many bytes, whatever is in them. */
export function newStretch(size: number): Stretch {
  const bytes = Buffer.allocUnsafe(size + WORD_BYTES)
  return { bytes, words: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }
}

/**
 * Takes the values of rows while they are scanned, so that each byte is looked at once. A row that is not all there is
 * begun again later: what was taken of it is to be forgotten.
 */
export interface ValueSink {
  /** @param most bytes that the row takes at the most, as JSON */
  beginRow: (most: number) => void
  /**
   * Takes a string from the byte behind its opening quote on. Gives back where its closing quote is, or INCOMPLETE if
   * none comes before the limit.
   *
   * @throws Fault for what is no string of JSON
   */
  text: (from: Stretch, start: number, limit: number, column: number) => number
  /** Takes NULL. */
  nothing: (column: number) => void
}

/**
 * Takes the row that begins at a place, with its `[`; gives back where it is over, or INCOMPLETE. The four bytes from the limit
 * on have to be 0, which no value may hold: whoever reads stops there, and need not look for the limit.
 *
 * @throws Fault for anything but a row
 */
export type RowReader = (from: Stretch, start: number, limit: number) => number

/** Writes the rows that it reads in a format. */
export interface RowWriter {
  readRow: RowReader
  /** Writes the row that was read. Without it the row is forgotten when the next one is read. */
  endRow: () => void
  flush: () => void
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN = 0x5b
const CLOSE = 0x5d
const LETTERS_OF_NULL = Buffer.from('null')
const FIRST_PRINTABLE = 0x20
const SPACE = 0x20

/** What was sent is not what was asked for: cut, or replaced on its way. It may come whole the next time. */
export const broken = (what: string): Fault =>
  new Fault(new ActionError('RESULT_INVALID', `A part of the result ${what}.`), { transient: true })

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09

function afterSpace(bytes: Uint8Array, at: number, limit: number): number {
  // Nearly always there is none.
  if (at >= limit || (bytes[at] as number) > SPACE) return at
  let next = at
  while (next < limit && isSpace(bytes[next])) next++
  return next
}

/**
 * Where the closing quote of a string is whose first character is at a place, or INCOMPLETE.
 *
 * @throws Fault for a character that JSON does not allow
 */
export function endOfText(bytes: Buffer, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) return at
    if (byte < FIRST_PRINTABLE) throw broken('holds a character that JSON does not allow')
    if (byte === BACKSLASH) at++
  }
  return INCOMPLETE
}

/** Reads null; gives back where it is over. */
function scanNull(bytes: Buffer, at: number, limit: number): number {
  for (let index = 0; index < LETTERS_OF_NULL.length; index++) {
    if (at + index >= limit) return INCOMPLETE
    if (bytes[at + index] !== LETTERS_OF_NULL[index]) throw broken('holds a value that is neither text nor null')
  }
  return at + LETTERS_OF_NULL.length
}

/**
 * Reads the row that begins at a place, value by value; gives back where it is over, or INCOMPLETE.
 *
 * @throws Fault for anything but an array of so many strings and nulls
 */
export function scanRow(from: Stretch, start: number, limit: number, width: number, sink: ValueSink): number {
  const { bytes } = from
  if (bytes[start] !== OPEN) throw broken('holds something else than rows')
  sink.beginRow(limit - start)
  let at = afterSpace(bytes, start + 1, limit)
  for (let column = 0; column < width; column++) {
    if (at >= limit) return INCOMPLETE
    // A function for a value would be one more that has to be inlined, and the compiler stops at a size.
    if (bytes[at] === QUOTE) {
      at = sink.text(from, at + 1, limit, column)
      if (at === INCOMPLETE) return INCOMPLETE
      at++
    } else {
      at = scanNull(bytes, at, limit)
      if (at === INCOMPLETE) return INCOMPLETE
      sink.nothing(column)
    }
    at = afterSpace(bytes, at, limit)
    if (at >= limit) return INCOMPLETE
    if (column + 1 === width) break
    if (bytes[at] !== COMMA) throw broken('has a row that does not fit its columns')
    at = afterSpace(bytes, at + 1, limit)
  }
  if (at >= limit) return INCOMPLETE
  if (bytes[at] !== CLOSE) throw broken('has a row that does not fit its columns')
  return at + 1
}

/** The values of a row, from its JSON. @throws Fault for an escape that JSON does not know */
export function rowOf(bytes: Buffer, start: number, end: number): Row {
  try {
    return JSON.parse(bytes.toString('utf8', start, end))
  } catch {
    throw broken('holds an escape that JSON does not know')
  }
}

/** Reads rows from the bytes of a JSON array of arrays (RFC 8259), whatever the pieces in which they come. */
export interface RowScanner {
  /** @throws Fault for anything that is no such array; whatever is thrown for a row */
  push: (piece: Uint8Array) => void
  /** @throws Fault if the array is not over */
  end: () => void
}

const WINDOW_BYTES = 256 * 1024

/** @param row called when a row has been read whole, with its JSON from `start` to `end`; the bytes are others afterwards */
export function scanRows(readRow: RowReader, row: (bytes: Buffer, start: number, end: number) => void): RowScanner {
  let stage: 'before' | 'first' | 'between' | 'next' | 'after' = 'before'
  // Bytes that have come and are not read yet. They share one buffer, since new buffers would have to be collected.
  let window = newStretch(WINDOW_BYTES)
  let size = 0
  // A row that is larger than what has come is scanned again only when twice as much is there.
  let wanted = 0

  /** Reads as many rows as there are; gives back where what is left begins. */
  function readWindow(): number {
    const { bytes } = window
    let at = afterSpace(bytes, 0, size)
    while (at < size) {
      const sign = bytes[at]
      if (stage === 'after') throw broken('goes on behind its end')
      if (stage === 'before') {
        if (sign !== OPEN) throw broken('is no list of rows')
        stage = 'first'
        at++
      } else if (sign === CLOSE && stage !== 'next') {
        stage = 'after'
        at++
      } else if (stage === 'between') {
        if (sign !== COMMA) throw broken('holds something else than rows')
        stage = 'next'
        at++
      } else {
        const end = readRow(window, at, size)
        if (end === INCOMPLETE) return at
        row(bytes, at, end)
        stage = 'between'
        at = end
      }
      at = afterSpace(bytes, at, size)
    }
    return at
  }

  function read(): void {
    window.words.setInt32(size, 0)
    const from = readWindow()
    window.bytes.copyWithin(0, from, size)
    size -= from
    wanted = from === 0 ? 2 * size : 0
  }

  return {
    push: (piece) => {
      if (size + piece.length + WORD_BYTES > window.bytes.length) {
        const larger = newStretch(2 * (size + piece.length))
        window.bytes.copy(larger.bytes, 0, 0, size)
        window = larger
      }
      window.bytes.set(piece, size)
      size += piece.length
      if (size >= wanted) read()
    },
    end: () => {
      read()
      if (size > 0 || stage !== 'after') throw broken('breaks off')
    },
  }
}
