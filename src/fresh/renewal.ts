import { setTimeout as pause } from 'node:timers/promises'
import { UNUSABLE_SECONDS } from '../time.ts'
import type { KeptToken } from './kept.ts'
import { renewalThreshold, secondsLeft } from './lifetime.ts'

interface RenewalOptions {
  /** The kept token, if there is one. */
  current: () => KeptToken | undefined
  renew: () => Promise<KeptToken>
  /** Told of a renewal that gave nothing. */
  report: (thrown: unknown) => void
  /** Seconds since 1970. */
  now: () => number
}

// Clients give up after 10 s; one whose token still lives need not wait for the next.
const PATIENCE_MS = 9_000
const PATIENCE_WITH_TOKEN_MS = 2_000
const PAUSE_AFTER_FAILURE_SECONDS = 3

/**
 * A token for clients that ask again and again: renewed when less than half of its life is left, by one login at a
 * time. While that fails, the old one is given for as long as it is of use; then nothing.
 */
export function renewingToken({ current, renew, report, now }: RenewalOptions): () => Promise<KeptToken | undefined> {
  let renewal: Promise<unknown> | undefined
  let notBefore = 0

  const isDue = (token: KeptToken | undefined): boolean =>
    token === undefined || secondsLeft(token, now()) < renewalThreshold(token)
  const ifUsable = (token: KeptToken | undefined): KeptToken | undefined =>
    token !== undefined && secondsLeft(token, now()) > UNUSABLE_SECONDS ? token : undefined

  function begin(): Promise<unknown> {
    return renew()
      .catch(report)
      .then(() => {
        if (isDue(current())) notBefore = now() + PAUSE_AFTER_FAILURE_SECONDS
        renewal = undefined
      })
  }

  return async () => {
    const token = current()
    if (!isDue(token)) return token
    if (renewal === undefined && now() >= notBefore) renewal = begin()
    if (renewal !== undefined) {
      const patience = new AbortController()
      const ms = ifUsable(token) === undefined ? PATIENCE_MS : PATIENCE_WITH_TOKEN_MS
      await Promise.race([renewal, pause(ms, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
    }
    return ifUsable(current())
  }
}
