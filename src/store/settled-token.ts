import { type EpochSeconds, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'
import type { StoredToken } from './login-store.ts'
import type { HandOut } from './masked-token.ts'
import { secondsLeft } from './token-lifetime.ts'

const SETTLE_SECONDS = 1

interface SettlingEffects {
  /** What clients have by now. */
  first: StoredToken | undefined
  now: () => EpochSeconds
  /** Resolves after milliseconds. */
  pause: (ms: number) => Promise<unknown>
}

/**
 * For a process whose output no runner reads, so that it cannot mask: it hands a renewed token out one second after it was
 * kept, in which a step of the job may have masked it (`databricks-token masks`). At once if the token before it is of no
 * use any more, since a client has waited for the login by then, and gives up after 10 s.
 */
export function settledFirst({ first, now, pause }: SettlingEffects): HandOut {
  let last = first
  let isSettled: Promise<unknown> = Promise.resolve()

  function secondsToWait(token: StoredToken): number {
    if (last === undefined || secondsLeft(last, now()) <= UNUSABLE_SECONDS) return 0
    // The clock may have been set meanwhile.
    return Math.min(SETTLE_SECONDS, Math.max(0, SETTLE_SECONDS - secondsUntil(now(), token.issuedAt)))
  }

  return async (token) => {
    if (last?.accessToken !== token.accessToken) {
      const seconds = secondsToWait(token)
      isSettled = seconds > 0 ? pause(seconds * 1000) : Promise.resolve()
      last = token
    }
    await isSettled
    return token
  }
}
