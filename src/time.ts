/** Databricks refuses a token in its last 30 seconds; the rest is for the caller's request. */
export const UNUSABLE_SECONDS = 40

/** The last second that RFC 3339 can write, 9999-12-31T23:59:59Z, since 1970. */
export const LAST_TIME = 253_402_300_799

/** Whether a value is a moment that can be written: seconds since 1970, LAST_TIME at most (RFC 7519, section 2). */
export const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= LAST_TIME

/** Seconds since 1970 as RFC 3339 in UTC, without fractions. Times outside the calendar are written as a number. */
export function formatTime(seconds: number): string {
  return isTime(seconds) ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z') : `${seconds} s`
}

/** Seconds since 1970, now. */
export const secondsNow = (): number => Date.now() / 1000

/** Milliseconds since some moment, for what is left of a time limit: the clock on the wall may be set meanwhile. */
export const elapsedMs = (): number => performance.now()
