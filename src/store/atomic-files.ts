import { randomBytes } from 'node:crypto'
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { systemCode } from '../errors.ts'
import { isJsonObject } from '../json.ts'

const OWNER_ONLY = 0o600
const IN_USE = ['EPERM', 'EACCES', 'EBUSY']
const TRIES = 50
const PAUSE_MS = 10

const nameBeside = (file: string): string => `${file}.${randomBytes(6).toString('hex')}`

// On Windows these codes mean that another process has the file open. Elsewhere they are a refusal that lasts.
const isInUse = (thrown: unknown): boolean => process.platform === 'win32' && IN_USE.includes(systemCode(thrown) ?? '')

// Tries again while another process has the file in use, for half a second at most.
function unlessInUse<Result>(attempt: () => Result): Result {
  for (let left = TRIES; ; left--) {
    try {
      return attempt()
    } catch (thrown) {
      if (!isInUse(thrown) || left === 0) throw thrown
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
}

function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // The file is removed with its folder.
  }
}

// Windows does not replace a file that another process reads, but it lets that file be renamed.
function replaceRead(next: string, file: string): void {
  const old = nameBeside(file)
  renameSync(file, old)
  try {
    renameSync(next, file)
  } catch (thrown) {
    renameSync(old, file)
    throw thrown
  }
  removeIfPossible(old)
}

function replace(next: string, file: string): void {
  try {
    renameSync(next, file)
  } catch (thrown) {
    if (!isInUse(thrown) || !lstatSync(file).isFile()) throw thrown
    replaceRead(next, file)
  }
}

/** Writes a file that is not there yet, where nobody reads before it is done. Readable by the owner alone. */
export const writeNew = (file: string, content: string, mode = OWNER_ONLY): void =>
  writeFileSync(file, content, { mode, flag: 'wx' })

/**
 * Writes a file whole: a reader sees the old content or the new, never a part. Readable by the owner alone. On Windows
 * there is no file for a moment if somebody reads it just then.
 */
export function writeAtomically(file: string, content: string): void {
  const next = nameBeside(file)
  try {
    writeNew(next, content)
    unlessInUse(() => replace(next, file))
  } catch (thrown) {
    rmSync(next, { force: true })
    throw thrown
  }
}

/** The JSON object in a regular file; undefined if there is none, for whatever reason. */
export function readJsonObject(file: string): Record<string, unknown> | undefined {
  try {
    if (!lstatSync(file).isFile()) return undefined
    const parsed: unknown = JSON.parse(unlessInUse(() => readFileSync(file, 'utf8')))
    return isJsonObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
