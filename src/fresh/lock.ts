import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { systemCode } from '../errors.ts'

const HEARTBEAT_MS = 1000
const SILENT_MS = 30_000
const ABANDONED_MS = 1000
const POLL_MS = 50

const ageMs = (file: string): number => {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}

const ownerOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM'
  }
}

// Silence alone proves little on a busy machine; it is for a process number that another process has got since.
function isDead(owner: string, file: string): boolean {
  const pid = Number.parseInt(owner, 10)
  // It died before it wrote its name.
  if (Number.isNaN(pid)) return ageMs(file) > ABANDONED_MS
  return !isRunning(pid) || ageMs(file) > SILENT_MS
}

// Under a guard, since two that saw the same dead owner must not remove each other's new lock: while its owner is
// named in it, the lock of a dead process changes only here.
function removeIfDead(file: string): void {
  const owner = ownerOf(file)
  if (owner === undefined || !isDead(owner, file)) return
  const guard = `${file}.guard`
  try {
    mkdirSync(guard)
  } catch {
    if (ageMs(guard) > ABANDONED_MS) rmSync(guard, { recursive: true, force: true })
    return
  }
  if (ownerOf(file) === owner) rmSync(file, { force: true })
  rmSync(guard, { recursive: true, force: true })
}

function acquire(file: string, owner: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600)
    writeSync(descriptor, owner)
    closeSync(descriptor)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    throw thrown
  }
}

function release(file: string, owner: string): void {
  if (ownerOf(file) === owner) rmSync(file, { force: true })
}

/**
 * Does work that one process at a time may do, or takes what another one has done meanwhile. A process that died with
 * the lock holds the others up for two seconds at most; for thirty if another process got its number since.
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
    removeIfDead(file)
    await pause(POLL_MS)
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // Removed by whoever took this process for dead.
    }
  }, HEARTBEAT_MS)
  try {
    return done() ?? (await work())
  } finally {
    clearInterval(heartbeat)
    release(file, owner)
  }
}
