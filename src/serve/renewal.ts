import { setTimeout as pause } from 'node:timers/promises'
import type { StoredToken } from '../store/login-store.ts'
import { isInFuture, renewalThreshold, secondsLeft } from '../store/token-lifetime.ts'
import { type EpochSeconds, secondsAfter, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'

interface RenewalOptions {
  /** The token that the program was started with. */
  first: StoredToken
  /** The kept token, if there is one. */
  current: () => StoredToken | undefined
  renew: () => Promise<StoredToken>
  /** Told of a renewal that gave nothing. */
  report: (thrown: unknown) => void
  now: () => EpochSeconds
}

// Clients give up after 10 s; one whose token still lives need not wait for the next.
const PATIENCE_MS = 9_000
const PATIENCE_WITH_TOKEN_MS = 2_000
const PAUSE_AFTER_FAILURE_SECONDS = 3

/** The token of the later login; one that has not begun yet, since the clock was set back, is of no use. */
function newer(one: StoredToken, other: StoredToken | undefined, now: EpochSeconds): StoredToken {
  if (other === undefined || isInFuture(other.beganAt, now)) return one
  return isInFuture(one.beganAt, now) || secondsUntil(other.beganAt, one.beganAt) >= 0 ? other : one
}

/**
 * A token for clients that ask again and again: renewed when less than half of its life is left, by one login at a
 * time. While that fails, the old one is given for as long as it is of use; then nothing.
 */
export function renewingToken(options: RenewalOptions): () => Promise<StoredToken | undefined> {
  const { first, current, renew, report, now } = options
  // In memory, too: a disk that is full keeps no new token.
  let last = first
  let renewal: Promise<unknown> | undefined
  let notBefore: EpochSeconds = 0

  const newest = (): StoredToken => newer(last, current(), now())
  const ifUsable = (token: StoredToken): StoredToken | undefined =>
    secondsLeft(token, now()) > UNUSABLE_SECONDS ? token : undefined
  const isDue = (token: StoredToken): boolean =>
    ifUsable(token) === undefined || secondsLeft(token, now()) < renewalThreshold(token)

  async function begin(): Promise<void> {
    try {
      last = newer(last, await renew(), now())
    } catch (thrown) {
      report(thrown)
    }
    if (isDue(newest())) notBefore = secondsAfter(now(), PAUSE_AFTER_FAILURE_SECONDS)
    renewal = undefined
  }

  return async () => {
    const token = newest()
    if (!isDue(token)) return token
    if (renewal === undefined && secondsUntil(notBefore, now()) <= 0) renewal = begin()
    if (renewal !== undefined) {
      const patience = new AbortController()
      const ms = ifUsable(token) === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS
      await Promise.race([renewal, pause(ms, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
    }
    return ifUsable(newest())
  }
}
