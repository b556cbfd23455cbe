import { type FederationEffects, federate, type Login, type LoginOptions } from './federation/federate.ts'
import { isSecure } from './host.ts'
import { jsonObject } from './http/answer.ts'
import { openConnections } from './http/connections.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import { USER_AGENT } from './runner/version.ts'
import { secondsNow } from './time.ts'

/** Where a login tells what it does. */
export type LoginLog = Pick<FederationEffects, 'mask' | 'info' | 'notice' | 'warn'> & {
  debug: (line: string) => void
  /** A number in [0, 1), for the jitter of retries. */
  random?: () => number
}

/**
 * Logs in over connections of its own, which are closed when it ends, whichever way.
 *
 * @throws LoginError of any step
 */
export async function logIn(options: LoginOptions, environment: NodeJS.ProcessEnv, log: LoginLog): Promise<Login> {
  const connections = openConnections({
    ...log,
    userAgent: USER_AGENT,
    timeoutSeconds: options.timeoutSeconds,
  })
  const { send } = connections
  const askRunner = (audience: string) =>
    requestIdToken(findIdTokenService(environment, isSecure), audience, { send, jsonObject, mask: log.mask })
  try {
    return await federate(options, { ...log, send, requestIdToken: askRunner, now: secondsNow })
  } finally {
    connections.close()
  }
}
