import { writeSync } from 'node:fs'
import { systemCode } from '../errors.ts'

const FULL_PIPE_PAUSE_MS = 10

/**
 * Writes all of a text to stdout (1) or stderr (2) before it returns, since the process may end right after. A pipe
 * that is full at this moment is tried again; what cannot be written, as to a pipe that nobody reads any more, is given
 * up.
 *
 * @returns the system's code for why it was given up, such as EPIPE; undefined if all is written
 */
export function writeAllSync(descriptor: 1 | 2, text: string): string | undefined {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (thrown) {
      // What the system refuses has a code.
      const code = String(systemCode(thrown))
      if (code !== 'EAGAIN') return code
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS)
    }
  }
  return undefined
}
