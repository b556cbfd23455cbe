import { asActionError } from './errors.ts'
import { parseHost } from './host.ts'
import { refuseDisabledTlsCheck } from './http/tls-check.ts'
import type { Log } from './log.ts'
import { type FreshTokenEffects, freshToken, type MinValidity } from './store/fresh-token.ts'
import { refuseOtherGroup } from './store/group.ts'
import {
  type LoginStore,
  openLoginStore,
  type Renewal,
  type StoredLogin,
  type StoredToken,
} from './store/login-store.ts'
import { rememberToken } from './store/remembered-token.ts'
import { secondsNow as now } from './time.ts'

/** A kept login, and the way to a token of it that lives long enough. */
export interface OpenedLogin {
  kept: LoginStore
  login: StoredLogin
  fresh: (minValidity: MinValidity) => Promise<StoredToken>
  /** A failure in words that hold no secret. */
  describe: (thrown: unknown) => string
}

interface OpenEffects {
  /** The environment of this process. */
  environment: NodeJS.ProcessEnv
  log: Log
  /** Told when a login fails while its token lives on. */
  warning: Log['warning']
}

// Everything that speaks HTTP is loaded here, so that a kept token is printed without it.
async function logInAgain({ origin, groupId }: StoredLogin, renewal: Renewal, { environment, log }: OpenEffects) {
  refuseDisabledTlsCheck(environment)
  const { logIn } = await import('./log-in.ts')
  const { clientId, accountId, audience, scope, timeoutSeconds } = renewal
  const host = parseHost(origin, true)
  const asked = { host, clientId, accountId, audience, groupId: groupId || undefined, scope, timeoutSeconds }
  const options = { ...asked, onExchangeFailure: 'fail' as const }
  return logIn(options, { environment, log })
}

/**
 * Opens the login in a folder.
 *
 * @throws ActionError KEPT_LOGIN_UNUSABLE, DRY_RUN
 */
export function openLogin(folder: string, effects: OpenEffects): OpenedLogin {
  const { environment, log, warning } = effects
  const kept = rememberToken(openLoginStore(folder), now)
  const found = kept.readToken()
  if (found !== undefined) log.hideFromLog(found.accessToken)
  const login = kept.readLogin()
  refuseOtherGroup(environment, login)
  const { renewal } = login
  const describe = (thrown: unknown) => log.describe(asActionError(thrown))
  const freshEffects: FreshTokenEffects = {
    logIn: renewal === undefined ? undefined : () => logInAgain(login, renewal, effects),
    timeoutSeconds: renewal?.timeoutSeconds ?? 0,
    describe,
    warning,
    now,
  }
  return { kept, login, fresh: (minValidity) => freshToken(kept, minValidity, freshEffects), describe }
}
