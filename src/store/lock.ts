import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemCode } from '../errors.ts'

const ABANDONED_MS = 30_000
const POLL_MS = 50

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM'
  }
}

// By its age alone where another process has got the number since, or where a login takes that long.
function isAbandoned(file: string): boolean {
  try {
    return (
      !isRunning(Number.parseInt(readFileSync(file, 'utf8'), 10)) || Date.now() - statSync(file).mtimeMs > ABANDONED_MS
    )
  } catch {
    return false
  }
}

// A link is there whole, with the name of its owner, or not at all.
function acquire(file: string, owner: string): boolean {
  const own = `${file}.${randomUUID()}`
  try {
    writeFileSync(own, owner, { mode: 0o600, flag: 'wx' })
    linkSync(own, file)
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    if (systemCode(thrown) === 'ENOENT') throw thrown
    // A full disk, a file system without links: the work is done all the same, perhaps twice.
  } finally {
    rmSync(own, { force: true })
  }
  return true
}

function release(file: string, owner: string): void {
  try {
    if (readFileSync(file, 'utf8') === owner) rmSync(file)
  } catch {
    // Another process has taken it for abandoned.
  }
}

/**
 * Does work that one process at a time should do, or takes what another one has done meanwhile. The lock saves work
 * and is not perfect: two at the same time do no harm. A process that died with the lock holds nobody up; if another
 * one has got its number since, for 30 s.
 *
 * @param file the lock; its folder has to be there
 * @param done what another process has done that will do here, too
 */
export async function oneAtATime<Result>(
  file: string,
  done: () => Result | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const owner = `${process.pid} ${randomUUID()}`
  for (;;) {
    const result = done()
    if (result !== undefined) return result
    if (acquire(file, owner)) break
    if (isAbandoned(file)) rmSync(file, { force: true })
    else await pause(POLL_MS)
  }
  try {
    return done() ?? (await work())
  } finally {
    release(file, owner)
  }
}
