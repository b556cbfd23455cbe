import { appendFileSync, closeSync, constants, fstatSync, openSync } from 'node:fs'

// Of a summary that is larger the runner shows nothing (actions/runner, CreateStepSummaryCommand).
const MAX_BYTES = 1024 * 1024
// The runner has made the file. If the variable names something else, no file is made, and a pipe is not waited for.
const EXISTING_FILE = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK

/**
 * Adds to the summary of a step. A summary is a courtesy: what cannot be written is left out.
 *
 * @param file GITHUB_STEP_SUMMARY
 * @param markdown with everything from outside escaped
 * @returns false if it was not added; nothing of it is then
 */
export function appendSummary(file: string | undefined, markdown: string): boolean {
  try {
    const descriptor = openSync(file ?? '', EXISTING_FILE)
    try {
      if (fstatSync(descriptor).size + Buffer.byteLength(markdown) > MAX_BYTES) return false
      appendFileSync(descriptor, markdown)
      return true
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}

/** The bound of a page about a login, in bytes. */
export const PAGE_BYTES = 64 * 1024

/** Adds a page about a login; a longer one than PAGE_BYTES is left out. */
export const appendPage = (file: string | undefined, markdown: string): boolean =>
  Buffer.byteLength(markdown) <= PAGE_BYTES && appendSummary(file, markdown)
