import { join } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Log } from '../log.ts'
import { type EpochSeconds, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'
import { oneAtATime } from './lock.ts'
import type { LoginStore, StoredToken } from './login-store.ts'
import { isInFuture, secondsLeft } from './token-lifetime.ts'

/** What a login gives; the token is masked by then. */
export interface NewToken {
  accessToken: string
  expiresAt: EpochSeconds
}

export interface FreshTokenEffects extends Pick<Log, 'warning'> {
  /** Logs in again. Undefined if this login cannot be repeated. */
  logIn: (() => Promise<NewToken>) | undefined
  /** The longest that a login takes, and that one of another process is waited for. */
  timeoutSeconds: number
  /** A failure in words that hold no secret, for those who waited for the same login. */
  describe: (thrown: unknown) => string
  now: () => EpochSeconds
}

/** Seconds that a token has to have left, which may depend on how long it lives. */
export type MinValidity = (token: StoredToken) => number

// The result of a login that another process made after this one had asked. Its token is good enough, however long it
// lives, and its failure is the failure of this call, too.
function sharedResult(kept: LoginStore, askedAt: EpochSeconds, now: EpochSeconds): StoredToken | undefined {
  const isSince = ({ beganAt }: { beganAt: EpochSeconds }) =>
    secondsUntil(beganAt, askedAt) >= 0 && !isInFuture(beganAt, now)
  const token = kept.readToken()
  if (token !== undefined && isSince(token)) return token
  const failure = kept.readFailure()
  if (failure !== undefined && isSince(failure)) throw new ActionError('RENEWAL_FAILED', failure.text)
  return undefined
}

// The disk may be full, and the folder may be gone or belong to another account. Then the others log in themselves; this
// caller still gets its token, or the reason why there is none.
function keepIfPossible(write: () => void): void {
  try {
    write()
  } catch {
    // The next call logs in again, and nothing else is lost.
  }
}

async function renew(
  kept: LoginStore,
  logIn: () => Promise<NewToken>,
  effects: FreshTokenEffects,
): Promise<StoredToken> {
  const beganAt = effects.now()
  try {
    const { accessToken, expiresAt } = await logIn()
    const token = { accessToken, expiresAt, beganAt, issuedAt: effects.now(), isOfLoginStep: false }
    keepIfPossible(() => kept.writeToken(token))
    return token
  } catch (thrown) {
    keepIfPossible(() => kept.writeFailure({ beganAt, text: effects.describe(thrown) }))
    throw thrown
  }
}

/**
 * The kept token, if it lives long enough; otherwise the token of a new login. Calls at the same time share that login. If
 * the login fails, a kept token that Databricks still accepts is given, with a warning.
 *
 * @throws ActionError TOKEN_NOT_RENEWABLE, RENEWAL_FAILED, and those of the login, when no token has more than 40 s
 */
export async function freshToken(
  kept: LoginStore,
  minValidity: MinValidity,
  effects: FreshTokenEffects,
): Promise<StoredToken> {
  const { logIn, timeoutSeconds, warning, now } = effects
  const askedAt = now()
  const longEnough = (): StoredToken | undefined => {
    const token = kept.readToken()
    const left = token === undefined ? 0 : secondsLeft(token, now())
    return token !== undefined && left > UNUSABLE_SECONDS && left >= minValidity(token) ? token : undefined
  }
  const current = longEnough()
  if (current !== undefined) return current
  try {
    if (logIn === undefined) throw new ActionError('TOKEN_NOT_RENEWABLE', 'The token has ended, or is about to.')
    return await oneAtATime(join(kept.folder, 'kept', 'lock'), {
      done: () => longEnough() ?? sharedResult(kept, askedAt, now()),
      work: () => renew(kept, logIn, effects),
      withinSeconds: timeoutSeconds,
    })
  } catch (thrown) {
    const last = kept.readToken()
    if (last === undefined || secondsLeft(last, now()) <= UNUSABLE_SECONDS) throw thrown
    if (logIn !== undefined)
      warning(
        `The login could not be renewed; its token lives on for ${Math.floor(secondsLeft(last, now()))} s. ${effects.describe(thrown)}`,
      )
    return last
  }
}
