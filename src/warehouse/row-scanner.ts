import { ActionError } from '../errors.ts'
import { Fault } from '../http/fault.ts'

/** Where the values of one row stand: three numbers each, begin and end between the quotes, and what is in it. */
export type Cells = Int32Array

/** In place of where a value begins: it is NULL. */
export const NULL = -1
/** What is in a value: an escape of JSON, a comma. */
export const ESCAPE = 1
export const COMMA = 2

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA_SIGN = 0x2c
const OPEN = 0x5b
const CLOSE = 0x5d
const LETTERS_OF_NULL = Buffer.from('null')
const FIRST_PRINTABLE = 0x20

// What was sent is not what was asked for: cut, or replaced on its way. It may come whole the next time.
const broken = (what: string) =>
  new Fault(new ActionError('RESULT_INVALID', `A part of the result ${what}.`), { transient: true })

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

function afterSpace(bytes: Uint8Array, at: number, limit: number): number {
  let next = at
  while (next < limit && isSpace(bytes[next])) next++
  return next
}

const INCOMPLETE = -1

// What a byte means within a string: one look at a table, where there are a billion bytes.
const [PLAIN, IS_QUOTE, IS_BACKSLASH, IS_COMMA, IS_CONTROL] = [0, 1, 2, 3, 4]
const MEANINGS = new Uint8Array(256)
MEANINGS.fill(IS_CONTROL, 0, FIRST_PRINTABLE)
MEANINGS[QUOTE] = IS_QUOTE
MEANINGS[BACKSLASH] = IS_BACKSLASH
MEANINGS[COMMA_SIGN] = IS_COMMA

/** Reads the string whose first character is at a place; gives back where its closing quote is. */
function scanString(bytes: Uint8Array, start: number, limit: number, cells: Cells, cell: number): number {
  let holds = 0
  for (let at = start; at < limit; at++) {
    const meaning = MEANINGS[bytes[at] as number]
    if (meaning === PLAIN) continue
    if (meaning === IS_QUOTE) {
      cells[cell] = start
      cells[cell + 1] = at
      cells[cell + 2] = holds
      return at
    }
    if (meaning === IS_CONTROL) throw broken('holds a character that JSON does not allow')
    holds |= meaning === IS_COMMA ? COMMA : ESCAPE
    if (meaning === IS_BACKSLASH) at++
  }
  return INCOMPLETE
}

/** Reads a value, a string or null; gives back where it is over. */
function scanValue(bytes: Uint8Array, at: number, limit: number, cells: Cells, cell: number): number {
  if (bytes[at] === QUOTE) {
    const end = scanString(bytes, at + 1, limit, cells, cell)
    return end === INCOMPLETE ? INCOMPLETE : end + 1
  }
  for (let index = 0; index < LETTERS_OF_NULL.length; index++) {
    if (at + index >= limit) return INCOMPLETE
    if (bytes[at + index] !== LETTERS_OF_NULL[index]) throw broken('holds a value that is neither text nor null')
  }
  cells[cell] = NULL
  return at + LETTERS_OF_NULL.length
}

/** Reads the row that begins at a place, with its `[`; gives back where it is over. */
function scanRow(bytes: Uint8Array, start: number, limit: number, cells: Cells): number {
  if (bytes[start] !== OPEN) throw broken('holds something else than rows')
  let at = afterSpace(bytes, start + 1, limit)
  for (let cell = 0; cell < cells.length; cell += 3) {
    if (at >= limit) return INCOMPLETE
    at = scanValue(bytes, at, limit, cells, cell)
    if (at === INCOMPLETE) return INCOMPLETE
    at = afterSpace(bytes, at, limit)
    if (at >= limit) return INCOMPLETE
    if (cell + 3 === cells.length) break
    if (bytes[at] !== COMMA_SIGN) throw broken('has a row that does not fit its columns')
    at = afterSpace(bytes, at + 1, limit)
  }
  if (at >= limit) return INCOMPLETE
  if (bytes[at] !== CLOSE) throw broken('has a row that does not fit its columns')
  return at + 1
}

/** Reads rows from the bytes of a JSON array of arrays (RFC 8259), whatever the pieces in which they come. */
export interface RowScanner {
  /** @throws Fault for anything that is no such array; whatever is thrown for a row */
  push: (piece: Uint8Array) => void
  /** @throws Fault if the array is not over */
  end: () => void
}

const WINDOW_BYTES = 256 * 1024

/**
 * @param width columns of the result
 * @param row called for each row, with bytes that are others afterwards
 */
export function scanRows(width: number, row: (bytes: Buffer, cells: Cells) => void): RowScanner {
  const cells: Cells = new Int32Array(3 * width)
  let stage: 'before' | 'first' | 'between' | 'next' | 'after' = 'before'
  // What has come and is not read yet. One piece of memory for all: new ones would have to be tidied up.
  let window = Buffer.allocUnsafe(WINDOW_BYTES)
  let size = 0
  // Of a row that is larger than a piece nothing is looked at again before it has doubled.
  let wanted = 0

  /** Reads as many rows as there are; gives back where what is left begins. */
  function readWindow(): number {
    let at = afterSpace(window, 0, size)
    while (at < size) {
      const sign = window[at]
      if (stage === 'after') throw broken('goes on behind its end')
      if (stage === 'before') {
        if (sign !== OPEN) throw broken('is no list of rows')
        stage = 'first'
        at++
      } else if (sign === CLOSE && stage !== 'next') {
        stage = 'after'
        at++
      } else if (stage === 'between') {
        if (sign !== COMMA_SIGN) throw broken('holds something else than rows')
        stage = 'next'
        at++
      } else {
        const end = scanRow(window, at, size, cells)
        if (end === INCOMPLETE) return at
        row(window, cells)
        stage = 'between'
        at = end
      }
      at = afterSpace(window, at, size)
    }
    return at
  }

  function read(): void {
    const from = readWindow()
    window.copyWithin(0, from, size)
    size -= from
    wanted = from === 0 ? 2 * size : 0
  }

  return {
    push: (piece) => {
      if (size + piece.length > window.length) {
        const larger = Buffer.allocUnsafe(2 * (size + piece.length))
        window.copy(larger, 0, 0, size)
        window = larger
      }
      window.set(piece, size)
      size += piece.length
      if (size >= wanted) read()
    },
    end: () => {
      read()
      if (size > 0 || stage !== 'after') throw broken('breaks off')
    },
  }
}
