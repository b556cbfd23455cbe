import type { Output } from './output.ts'
import { broken } from './row-scanner.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_PRINTABLE = 0x20

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
export interface Page {
  bytes: Buffer
  /** Where the rows end that are whole. */
  size: number
  /** Where the row ends that is taken, as far as it has come. */
  to: number
  /** What this row takes at the most while its values are copied; so much room there is always. */
  reserve: number
}

/** In place of a position: a value cannot be copied, and has to be written from its text. */
export const UNCOPIED = -2

/** A page on which nothing is. */
export const newPage = (): Page => ({ bytes: Buffer.allocUnsafe(4 * FLUSH_BYTES), size: 0, to: 0, reserve: 0 })

function makeRoom(page: Page, more: number): void {
  const needed = page.to + more
  if (needed <= page.bytes.length) return
  const larger = Buffer.allocUnsafe(2 * needed)
  page.bytes.copy(larger, 0, 0, page.to)
  page.bytes = larger
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

/** A table of what each byte is: 1 for those that are looked at, 0 for those that are copied. */
export function lookedAt(...bytes: readonly number[]): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0, FIRST_PRINTABLE)
  for (const byte of [QUOTE, BACKSLASH, ...bytes]) table[byte] = 1
  return table
}

/** Copies bytes up to one that is to be looked at; gives back where that is. Nearly all the time is spent here. */
export function copyRun(from: Buffer, start: number, limit: number, page: Page, isLookedAt: Uint8Array): number {
  const { bytes } = page
  let { to } = page
  let at = start
  for (; at < limit; at++) {
    const byte = from[at] as number
    if (isLookedAt[byte] !== 0) break
    bytes[to++] = byte
  }
  page.to = to
  return at
}

/** What a backslash and a character stand for, or 0. A code of hexadecimal digits is not among them: it is rare, and read as text. */
export const ESCAPED = new Uint8Array(256)
for (const [sign = '', character = ''] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t']) {
  ESCAPED[sign.charCodeAt(0)] = character.charCodeAt(0)
}
