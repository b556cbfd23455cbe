import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import { type MonotonicMs, msUntil } from '../time.ts'
import { Fault } from './fault.ts'

/** Limits and effects of the attempts at one request. */
export interface RetryTiming extends Pick<Log, 'info'> {
  lastMoment: MonotonicMs
  now: () => MonotonicMs
  /** A number in [0, 1), for the jitter. */
  random: () => number
  /** Resolves after the time, or at once when the login was given up. */
  pause: (ms: number) => Promise<void>
}

/** Faults of one request that end it; those of a server that limits its callers do not count. */
export const MAX_FAULTS = 4
const FIRST_BACKOFF_MS = 200
const MAX_BACKOFF_MS = 10_000
// The random part of a wait leaves this much of the time, so that the request after it can still be made.
const REQUEST_MS = 5000

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

// If the server asked for a wait that is too long, the error says so. If only our own backoff is too long, the fault itself
// says enough.
function outOfTime({ failure, retryAfterMs }: Fault, timeLeftMs: number): ActionError {
  if (retryAfterMs < timeLeftMs) return failure
  const { code, message, advice, serverText } = failure
  const wish = `It asks to wait ${inSeconds(retryAfterMs)}, longer than the time that is left.`
  return new ActionError(code, `${message} ${wish}`, { advice, serverText, cause: failure })
}

/**
 * The wait before the next attempt: a random part of the backoff. After a Retry-After it is that time and a random part of
 * as much again, so that callers whom a limit refused in the same second do not come back in the same second. If the time
 * that is left is shorter, the random part is drawn from that time. A longer one that is cut to it would make those with the
 * longest waits meet in the last second.
 */
function waitFor(retryAfterMs: number, tries: number, timeLeftMs: number, random: number): number {
  const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1))
  if (retryAfterMs === 0) return random * backoffMs
  const roomMs = Math.max(0, timeLeftMs - retryAfterMs - REQUEST_MS)
  return retryAfterMs + random * Math.min(Math.max(backoffMs, retryAfterMs), roomMs)
}

/**
 * Attempts a request until it has an answer: at most MAX_FAULTS faults, though a 429 is bounded by time alone; exponential
 * backoff with full jitter from 200 ms to 10 s; a Retry-After is honoured, with a jitter of its own, and the request
 * fails at once if it does not fit into the time left. The one place that decides what is tried again.
 *
 * @param attempt answers, or throws a Fault; anything else that it throws is handed on
 * @throws ActionError the last fault's failure
 */
export async function withRetries<Answer>(
  attempt: (tries: number) => Promise<Answer>,
  { lastMoment, now, random, pause, info }: RetryTiming,
): Promise<Answer> {
  for (let tries = 1, faults = 0; ; tries++) {
    try {
      return await attempt(tries)
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      const { failure, transient, limited, retryAfterMs } = thrown
      faults += limited ? 0 : 1
      if (!transient || faults >= MAX_FAULTS) throw failure
      const timeLeftMs = msUntil(lastMoment, now())
      const waitMs = waitFor(retryAfterMs, tries, timeLeftMs, random())
      if (waitMs >= timeLeftMs) throw outOfTime(thrown, timeLeftMs)
      info(`${failure.message} Trying again in ${inSeconds(waitMs)} (attempt ${tries + 1}).`)
      await pause(waitMs)
    }
  }
}
