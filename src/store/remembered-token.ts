import { type EpochSeconds, secondsUntil } from '../time.ts'
import type { LoginStore, StoredToken } from './login-store.ts'
import { isInFuture } from './token-lifetime.ts'

/** The token of the later login; one that has not begun yet, since the clock was set back, is of no use. */
function newer(one: StoredToken, other: StoredToken | undefined, now: EpochSeconds): StoredToken {
  if (other === undefined || isInFuture(other.beganAt, now)) return one
  return isInFuture(one.beganAt, now) || secondsUntil(other.beganAt, one.beganAt) >= 0 ? other : one
}

/**
 * The same login, for a process that may outlive what is kept of it: the newest token that was read or written stays
 * known, whether the disk is full, the folder gone, or the file another account's.
 */
export function rememberToken(kept: LoginStore, now: () => EpochSeconds): LoginStore {
  let last: StoredToken | undefined
  const remember = (token: StoredToken | undefined) => {
    last = last === undefined ? token : newer(last, token, now())
    return last
  }
  return {
    ...kept,
    readToken: () => remember(kept.readToken()),
    writeToken: (token) => {
      remember(token)
      kept.writeToken(token)
    },
  }
}
