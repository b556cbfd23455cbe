import { randomUUID } from 'node:crypto'
import { linkSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemCode } from '../errors.ts'
import { isNumberTaken } from '../processes.ts'
import { elapsedMs, msSince } from '../time.ts'

const ABANDONED_MS = 30_000
const POLL_MS = 50

// A lock that root wrote, by `sudo -E`, cannot be read by others. It counts as owned, since nobody can tell.
function mayHaveOwner(file: string): boolean {
  try {
    return isNumberTaken(Number.parseInt(readFileSync(file, 'utf8'), 10))
  } catch {
    return true
  }
}

// A lock is abandoned when its process has ended, or when it is too old: its process may not be known, or another one may have
// the same number by now. A lock of a time to come was written before the clock was set back.
function isAbandoned(file: string, oldestMs: number): boolean {
  try {
    return Math.abs(Date.now() - lstatSync(file).mtimeMs) > oldestMs || !mayHaveOwner(file)
  } catch {
    return false
  }
}

function isRemoved(file: string): boolean {
  try {
    rmSync(file, { force: true })
    return true
  } catch {
    return false
  }
}

// A hard link to a file that is already written appears in one step, so that no reader sees a lock without its owner.
function acquire(file: string, owner: string): boolean {
  const own = `${file}.${randomUUID()}`
  try {
    writeFileSync(own, owner, { mode: 0o600, flag: 'wx' })
    linkSync(own, file)
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    // The folder is gone or belongs to another account, the disk is full, or the file system has no links. The work is done
    // without a lock, perhaps twice.
  } finally {
    isRemoved(own)
  }
  return true
}

function release(file: string, owner: string): void {
  try {
    if (readFileSync(file, 'utf8') === owner) rmSync(file)
  } catch {
    // Another process has removed the lock as abandoned, or the folder is gone.
  }
}

interface OneAtATimeOptions<Result> {
  /** What another process has done that will do here, too. */
  done: () => Result | undefined
  work: () => Promise<Result>
  /** The longest that the work may take: nobody waits longer, and no lock is older. */
  withinSeconds: number
}

/**
 * Does work that one process at a time should do, or takes what another one has done meanwhile. The lock saves work
 * and is not perfect: two at the same time do no harm, and where there can be no lock the work is done without. A
 * process that died with the lock holds nobody up; if another one has got its number since, or nobody else may read the
 * lock, for 30 s or `withinSeconds`, whichever is less.
 *
 * @param file the lock
 */
export async function oneAtATime<Result>(
  file: string,
  { done, work, withinSeconds }: OneAtATimeOptions<Result>,
): Promise<Result> {
  const owner = `${process.pid} ${randomUUID()}`
  const began = elapsedMs()
  const longestMs = withinSeconds * 1000
  const oldestMs = Math.min(longestMs, ABANDONED_MS)
  for (;;) {
    const result = done()
    if (result !== undefined) return result
    if (acquire(file, owner) || msSince(began, elapsedMs()) > longestMs) break
    if (!isAbandoned(file, oldestMs)) await pause(POLL_MS)
    else if (!isRemoved(file)) break
  }
  try {
    return done() ?? (await work())
  } finally {
    release(file, owner)
  }
}
