/** Databricks refuses a token in its last 30 seconds; the rest is for the caller's request. */
export const UNUSABLE_SECONDS = 40

/** The last second that RFC 3339 can write, 9999-12-31T23:59:59Z, since 1970. */
export const LAST_TIME = 253_402_300_799

/** A moment of the calendar: seconds since 1970, as in the claims of a JWT (RFC 7519, section 2, NumericDate). */
export type EpochSeconds = number & { readonly clock?: 'calendar' }

/** A moment of a clock that nobody sets: milliseconds since some moment of this process. */
export type MonotonicMs = number & { readonly clock?: 'monotonic' }

/** Whether a value is a moment that can be written: seconds since 1970, LAST_TIME at most (RFC 7519, section 2). */
export const isTime = (value: unknown): value is EpochSeconds =>
  typeof value === 'number' && Math.abs(value) <= LAST_TIME

/** Seconds since 1970 as RFC 3339 in UTC, without fractions. Times outside the calendar are written as a number. */
export function formatTime(seconds: EpochSeconds): string {
  return isTime(seconds) ? new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z') : `${seconds} s`
}

/** Seconds since 1970, now. */
export const secondsNow = (): EpochSeconds => Date.now() / 1000

/** Seconds from now to a moment; negative if it is over. */
export const secondsUntil = (moment: EpochSeconds, now: EpochSeconds): number => moment - now

/** The moment so many seconds later. */
export const secondsAfter = (moment: EpochSeconds, seconds: number): EpochSeconds => moment + seconds

/**
 * Milliseconds since some moment, for what is left of a time limit: the clock on the wall may be set meanwhile.
 * Not of `performance`, for which Node would load a part of itself.
 */
export const elapsedMs = (): MonotonicMs => Number(process.hrtime.bigint()) / 1e6

/** Milliseconds from now to a moment; negative if it is over. */
export const msUntil = (moment: MonotonicMs, now: MonotonicMs): number => moment - now

/** Milliseconds from a moment to now. */
export const msSince = (moment: MonotonicMs, now: MonotonicMs): number => now - moment

/** The moment so many milliseconds later. */
export const msAfter = (moment: MonotonicMs, ms: number): MonotonicMs => moment + ms

/** The earlier of two moments. */
export const earlier = (one: MonotonicMs, other: MonotonicMs): MonotonicMs => Math.min(one, other)
