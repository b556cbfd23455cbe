import { setTimeout as pause } from 'node:timers/promises'
import type { StoredToken } from '../store/login-store.ts'
import { renewalThreshold, secondsLeft } from '../store/token-lifetime.ts'
import { type EpochSeconds, secondsAfter, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'

interface RenewalOptions {
  /** The newest token that is known, if there is one. */
  current: () => StoredToken | undefined
  renew: () => Promise<unknown>
  /** Told of a renewal that gave nothing. */
  report: (thrown: unknown) => void
  now: () => EpochSeconds
}

// Clients give up after 10 s. While the current token still lives, a client waits for the next one for a short time only.
const PATIENCE_MS = 9_000
const PATIENCE_WITH_TOKEN_MS = 2_000
const PAUSE_AFTER_FAILURE_SECONDS = 3

/**
 * A token for clients that ask again and again: renewed when less than half of its life is left, by one login at a
 * time. While that fails, the old one is given for as long as it is of use; then nothing.
 */
export function renewingToken(options: RenewalOptions): () => Promise<StoredToken | undefined> {
  const { current, renew, report, now } = options
  let renewal: Promise<void> | undefined
  let notBefore: EpochSeconds = 0

  const usable = (): StoredToken | undefined => {
    const token = current()
    return token !== undefined && secondsLeft(token, now()) > UNUSABLE_SECONDS ? token : undefined
  }
  const isDue = (token: StoredToken): boolean => secondsLeft(token, now()) < renewalThreshold(token)
  const lasting = (): StoredToken | undefined => {
    const token = usable()
    return token === undefined || isDue(token) ? undefined : token
  }

  async function begin(): Promise<void> {
    try {
      await renew()
    } catch (thrown) {
      report(thrown)
    }
    if (lasting() === undefined) notBefore = secondsAfter(now(), PAUSE_AFTER_FAILURE_SECONDS)
    renewal = undefined
  }

  return async () => {
    const token = lasting()
    if (token !== undefined) return token
    if (renewal === undefined && secondsUntil(notBefore, now()) <= 0) renewal = begin()
    if (renewal !== undefined) {
      const patience = new AbortController()
      const ms = usable() === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS
      await Promise.race([renewal, pause(ms, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
    }
    return usable()
  }
}
