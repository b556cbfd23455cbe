import { type EpochSeconds, secondsAfter, secondsUntil } from '../time.ts'
import type { StoredToken } from './login-store.ts'

const RENEW_BELOW_SECONDS = 150
const EARLY_SECONDS = 60
const EARLY_SECONDS_OF_SHORT = 40

const lifetime = ({ issuedAt, expiresAt }: StoredToken): number => secondsUntil(expiresAt, issuedAt)

// When a clock is corrected, it is set back by less than this.
const CLOCK_TOLERANCE_SECONDS = 60

/** Whether a moment that was written down is yet to come: the clock has been set back since. */
export const isInFuture = (moment: EpochSeconds, now: EpochSeconds): boolean =>
  secondsUntil(moment, now) > CLOCK_TOLERANCE_SECONDS

/** Seconds that a token has left; none when the clock has been set back since its login, since it may have ended. */
export const secondsLeft = ({ beganAt, expiresAt }: StoredToken, now: EpochSeconds): number =>
  isInFuture(beganAt, now) ? 0 : secondsUntil(expiresAt, now)

/** Seconds that a token has to have left not to be renewed: half of its life, 150 s at most. */
export const renewalThreshold = (token: StoredToken): number => Math.min(lifetime(token) / 2, RENEW_BELOW_SECONDS)

/**
 * The expiry that clients are told, in whole seconds since 1970: a minute early, so that a cache that uses a token to
 * its very end keeps clear of the last 30 seconds; 40 s early for a token that lives less than 150 s. Never in the
 * past: a client would take a token that it can still use for one that has ended.
 */
export function advertisedExpiry(token: StoredToken, now: EpochSeconds): EpochSeconds {
  const early = lifetime(token) < RENEW_BELOW_SECONDS ? EARLY_SECONDS_OF_SHORT : EARLY_SECONDS
  return Math.max(Math.floor(secondsAfter(token.expiresAt, -early)), Math.floor(secondsAfter(now, 5)))
}
