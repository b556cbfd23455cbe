import { ActionError } from '../errors.ts'
import type { Clock } from '../http/clock.ts'

/** Of a call whose statements have run, and of which a result does not pass the gate. */
export const GATE_FAILED = 3
const EXIT_CODES: Partial<Record<ActionError['code'], number>> = {
  SQL_CALL_INVALID: 2,
  WAREHOUSE_MISSING: 2,
  ROWS_UNEXPECTED: GATE_FAILED,
}
/** Of a call in which a statement, or anything else, went wrong. */
export const FAILED = 1
const READER_GONE = 141
const TIMED_OUT = 124

/** Why a call ends before its statements have, and with which exit code. */
export class Cancellation extends Error {
  readonly exitCode: number

  /** @param reason as in "ended by SIGTERM" */
  constructor(reason: string, exitCode: number) {
    super(reason)
    this.name = 'Cancellation'
    this.exitCode = exitCode
  }
}

/** Thrown when nobody reads stdout any more. */
export class BrokenPipe extends Error {}

/**
 * Work that is not waited for when the signal comes. Nothing stays with the signal afterwards: a race against one promise
 * that lives as long as the call would keep every result.
 *
 * @throws the signal's reason
 */
export function unlessCancelled<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
  })
}

/** A signal that ends a call after some seconds, if there is a limit; its timer has to be cleared. */
export function limitTime(seconds: number | undefined): { signal: AbortSignal; clear: () => void } {
  const late = new AbortController()
  if (seconds === undefined) return { signal: late.signal, clear: () => undefined }
  const timer = setTimeout(() => late.abort(new Cancellation('ended by --timeout', TIMED_OUT)), seconds * 1000)
  return { signal: late.signal, clear: () => clearTimeout(timer) }
}

/**
 * The exit code of a call that failed.
 *
 * @throws what is no failure of a call
 */
export function exitCodeFor(thrown: unknown, { reason }: AbortSignal): number {
  if (thrown instanceof BrokenPipe) return READER_GONE
  if (!(thrown instanceof ActionError)) throw thrown
  if (thrown.code === 'STATEMENT_CANCELED' && reason instanceof Cancellation) return reason.exitCode
  return EXIT_CODES[thrown.code] ?? FAILED
}

/** @throws the signal's reason, as soon as it comes */
export const pauseUnlessCancelled = (ms: number, signal: AbortSignal, clock: Clock): Promise<void> =>
  unlessCancelled(signal, clock.pause(ms, signal))
