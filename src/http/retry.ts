import { LoginError } from '../errors.ts'

/** What one attempt came to: an answer to work with, or a fault. */
export type Outcome<Answer> = { answer: Answer } | Fault

export interface Fault {
  failure: LoginError
  /** Of the answer, if there was one. */
  status?: number
  /** Whether the same request may succeed a moment later. */
  transient: boolean
  /** The server limits its callers (429): asked again for as long as the login may take. */
  limited?: boolean
  /** Milliseconds that the server asked to wait. */
  retryAfterMs?: number | undefined
}

/** Limits and effects of the attempts at one request. Times are milliseconds; moments since 1970. */
export interface RetryTiming {
  lastMoment: number
  /** A number in [0, 1), for the jitter. */
  random: () => number
  /** Resolves after the time, or at once when the login was given up. */
  pause: (ms: number) => Promise<void>
  /** One line a retry. */
  info: (line: string) => void
}

const MAX_FAULTS = 4
const FIRST_BACKOFF_MS = 200
const MAX_BACKOFF_MS = 10_000

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/** Whether an answer of this status is worth another attempt; no other 4xx ever is. */
export const isTransientStatus = (status: number): boolean => TRANSIENT_STATUSES.has(status)

/** Reads Retry-After: seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

// A server's own wish is told; a backoff that no longer fits is ours, and the fault says enough.
function outOfTime({ failure, retryAfterMs = 0 }: Fault, timeLeftMs: number): LoginError {
  if (retryAfterMs < timeLeftMs) return failure
  const { code, message, advice, serverText } = failure
  const wish = `It asks to wait ${inSeconds(retryAfterMs)}, longer than this login may take.`
  return new LoginError(code, `${message} ${wish}`, { advice, serverText, cause: failure })
}

/**
 * Attempts a request until it has an answer: at most four faults, though a 429 is bounded by time alone; exponential
 * backoff with full jitter from 200 ms to 10 s; a Retry-After is honoured, and the request fails at once if it does
 * not fit into the time left.
 *
 * @throws LoginError the last fault's failure
 */
export async function withRetries<Answer>(
  attempt: (tries: number) => Promise<Outcome<Answer>>,
  timing: RetryTiming,
): Promise<Answer> {
  const { lastMoment, random, pause, info } = timing
  for (let tries = 1, faults = 0; ; tries++) {
    const outcome = await attempt(tries)
    if ('answer' in outcome) return outcome.answer
    const { failure, transient, limited = false, retryAfterMs = 0 } = outcome
    faults += limited ? 0 : 1
    if (!transient || faults >= MAX_FAULTS) throw failure
    const backoffMs = random() * Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (tries - 1))
    const waitMs = Math.max(backoffMs, retryAfterMs)
    const timeLeftMs = lastMoment - Date.now()
    if (waitMs >= timeLeftMs) throw outOfTime(outcome, timeLeftMs)
    info(`${failure.message} Trying again in ${inSeconds(waitMs)} (attempt ${tries + 1}).`)
    await pause(waitMs)
  }
}
