import { setTimeout as sleep } from 'node:timers/promises'

/** Why a call ends before its statements have, and with which exit code. */
export class Ending extends Error {
  readonly exitCode: number

  /** @param reason as in "ended by SIGTERM" */
  constructor(reason: string, exitCode: number) {
    super(reason)
    this.name = 'Ending'
    this.exitCode = exitCode
  }
}

/** Thrown when nobody reads stdout any more. */
export class ReaderGone extends Error {}

/**
 * Work that is not waited for when the signal comes. Nothing stays with the signal afterwards: a race against one promise
 * that lives as long as the call would keep every result.
 *
 * @throws the signal's reason
 */
export function unlessEnded<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}

/** @throws the signal's reason, as soon as it comes */
export const pauseUnlessEnded = (ms: number, signal: AbortSignal): Promise<void> =>
  unlessEnded(signal, sleep(ms, undefined, { signal }))
