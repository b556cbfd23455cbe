import { isRunning, type KnownProcess } from '../processes.ts'

const WAIT_MS = 3_000
const LOOK_EVERY_MS = 50

/** Blocks for milliseconds: the step has nothing else to do. */
const block = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/**
 * Waits three seconds for a process that ends by itself, once the folder of its login is gone; then kills it. One that
 * cannot be told from another process under its number is never killed.
 *
 * @returns whether it is gone
 */
export function endStaying(known: KnownProcess, kill: (pid: number) => void, pause = block): boolean {
  for (let left = WAIT_MS; left > 0 && isRunning(known); left -= LOOK_EVERY_MS) pause(LOOK_EVERY_MS)
  if (!isRunning(known) || known.startedAt === undefined) return !isRunning(known)
  kill(known.pid)
  for (let left = WAIT_MS; left > 0 && isRunning(known); left -= LOOK_EVERY_MS) pause(LOOK_EVERY_MS)
  return !isRunning(known)
}
