import { federate, type Login, type LoginOptions } from './federation/federate.ts'
import type { Clock } from './http/clock.ts'
import { openConnections } from './http/connections.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import type { Log } from './runner/log.ts'
import { USER_AGENT } from './runner/version.ts'
import { secondsNow } from './time.ts'

interface LogInEffects {
  /** The environment of this process, for the runner's ID token service. */
  environment: NodeJS.ProcessEnv
  log: Pick<Log, 'mask' | 'info' | 'notice' | 'warn' | 'debug'>
  /** A number in [0, 1), for the jitter of retries. */
  random?: () => number
  /** Of the requests; the real one unless a test lets time pass. */
  clock?: Clock | undefined
}

/**
 * Logs in over connections of its own, which are closed when it ends, whichever way.
 *
 * @throws LoginError of any step
 */
export async function logIn(options: LoginOptions, { environment, log, random, clock }: LogInEffects): Promise<Login> {
  const { mask, info, notice, warn, debug } = log
  const { timeoutSeconds } = options
  const { send, close } = openConnections({ userAgent: USER_AGENT, timeoutSeconds, info, debug, random, clock })
  const askRunner = (audience: string) => requestIdToken(findIdTokenService(environment), { audience, send, mask })
  try {
    return await federate(options, { send, requestIdToken: askRunner, mask, info, notice, warn, now: secondsNow })
  } finally {
    close()
  }
}
