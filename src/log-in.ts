import { jsonObject } from './federation/answer.ts'
import { isSecure } from './federation/host.ts'
import { openConnections } from './federation/http.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import { type Login, type SignInEffects, type SignInOptions, signIn } from './sign-in.ts'
import { USER_AGENT } from './version.ts'

/** Where a login tells what it does. */
export type LoginLog = Pick<SignInEffects, 'mask' | 'info' | 'notice' | 'warn'> & {
  debug: (line: string) => void
  /** A number in [0, 1), for the jitter of retries. */
  random?: () => number
}

/**
 * Logs in over connections of its own, which are closed when it ends, whichever way.
 *
 * @throws LoginError of any step
 */
export async function logIn(
  options: SignInOptions,
  environment: NodeJS.ProcessEnv,
  log: LoginLog,
): Promise<Login> {
  const connections = openConnections({
    ...log,
    userAgent: USER_AGENT,
    timeoutSeconds: options.timeoutSeconds,
  })
  const { send } = connections
  const askRunner = (audience: string) =>
    requestIdToken(findIdTokenService(environment, isSecure), audience, { send, jsonObject, mask: log.mask })
  try {
    return await signIn(options, { ...log, send, requestIdToken: askRunner, now: () => Date.now() / 1000 })
  } finally {
    connections.close()
  }
}
