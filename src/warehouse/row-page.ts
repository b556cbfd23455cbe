import type { Output } from './output.ts'
import { broken, newStretch, type Stretch, WORD_BYTES } from './row-scanner.ts'

/** The text of a string, whatever is in it. @throws Fault for an escape that JSON does not know */
export function textAt(bytes: Buffer, start: number, end: number): string {
  try {
    return JSON.parse(bytes.toString('utf8', start - 1, end + 1))
  } catch {
    throw broken('holds an escape that JSON does not know')
  }
}

/** So many bytes are worth a write. */
export const FLUSH_BYTES = 256 * 1024

/** What is written and not flushed yet, as bytes: most values are copied, and no text is made of them. */
export interface Page extends Stretch {
  /** Where the rows end that are whole. */
  size: number
  /** Where the row ends that is taken, as far as it has come. */
  to: number
  /** What this row takes at the most while its values are copied; so much room there is always. */
  reserve: number
}

/** In place of a position: a value cannot be copied, and has to be written from its text. */
export const UNCOPIED = -2

/** A page on which nothing is. Its members are written one by one: an object made of another is slower to write to. */
export function newPage(): Page {
  const { bytes, words } = newStretch(4 * FLUSH_BYTES)
  return { bytes, words, size: 0, to: 0, reserve: 0 }
}

function makeRoom(page: Page, more: number): void {
  const needed = page.to + more
  if (needed + WORD_BYTES <= page.bytes.length) return
  const larger = newStretch(2 * needed)
  page.bytes.copy(larger.bytes, 0, 0, page.to)
  page.bytes = larger.bytes
  page.words = larger.words
}

/** Begins a row, which takes so many bytes at the most while its values are copied. */
export function beginRow(page: Page, reserve: number): void {
  page.to = page.size
  page.reserve = reserve
  makeRoom(page, reserve)
}

/** Writes what is no copy, which may be longer than it was. */
export function appendText(page: Page, text: string): void {
  makeRoom(page, Buffer.byteLength(text) + page.reserve)
  page.to += page.bytes.write(text, page.to)
}

/** Writes a few bytes: a call would take longer than this loop. */
export function appendBytes(page: Page, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) page.bytes[page.to++] = bytes[at] as number
}

/** Writes the rows that are whole, if they are worth a write. */
export function flushPage(page: Page, output: Output, least: number): void {
  if (page.size < least) return
  output.writeBytes(page.bytes.subarray(0, page.size))
  page.size = 0
}

/** A word of four such bytes. */
export const wordOf = (byte: number): number => (byte * 0x01010101) | 0

/**
 * Marks the bytes of a word that have to be looked at, by their highest bit. Behind the first one a mark says nothing. A
 * control character is always marked.
 *
 * A byte below 0x80 is below n if n subtracted from it borrows, and it is another byte if `word ^ wordOf(other)` has a byte
 * below 1 (Bit Twiddling Hacks, "Determine if a word has a byte less than n").
 */
export type Marks = (word: number) => number

/** How many bytes of a word come before the first that is marked. The word is little-endian: that is the lowest bit set. */
const bytesBefore = (marked: number): number => (31 - Math.clz32(marked & -marked)) >> 3

/**
 * Copies bytes up to the first that is marked; gives back how many these are. Four are looked at at once. It takes
 * no limit: behind the bytes that have come are zeros (`RowReader`), and 0 is always marked.
 */
export function copyRun(from: DataView, start: number, page: DataView, to: number, marks: Marks): number {
  for (let count = 0; ; count += WORD_BYTES) {
    const word = from.getInt32(start + count, true)
    page.setInt32(to + count, word, true)
    const marked = marks(word)
    if (marked !== 0) return count + bytesBefore(marked)
  }
}

/** What a backslash and a character stand for, or 0. A code of hexadecimal digits is not among them: it is rare, and read as text. */
export const ESCAPED = new Uint8Array(256)
for (const [sign = '', character = ''] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPED[sign.charCodeAt(0)] = character.charCodeAt(0)
}
