import { randomBytes } from 'node:crypto'
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

const OWNER_ONLY = 0o600

/** Writes a file whole: a reader sees the old content or the new, never a part. Readable by the owner alone. */
export function writeWhole(file: string, content: string, mode = OWNER_ONLY): void {
  const next = `${file}.${randomBytes(6).toString('hex')}`
  try {
    writeFileSync(next, content, { mode, flag: 'wx' })
    renameSync(next, file)
  } catch (thrown) {
    rmSync(next, { force: true })
    throw thrown
  }
}

/** The JSON object in a regular file; undefined if there is none, for whatever reason. */
export function readJsonObject(file: string): Record<string, unknown> | undefined {
  try {
    if (!lstatSync(file).isFile()) return undefined
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined
  } catch {
    return undefined
  }
}
