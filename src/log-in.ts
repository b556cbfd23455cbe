import { LoginError } from './errors.ts'
import { type FederationEffects, federate, type Login, type LoginOptions } from './federation/federate.ts'
import { askPrincipal } from './federation/principal.ts'
import { isSecure } from './host.ts'
import { jsonObject } from './http/answer.ts'
import { openConnections } from './http/connections.ts'
import type { Send } from './http/request.ts'
import { findIdTokenService, requestIdToken } from './runner/id-token.ts'
import { USER_AGENT } from './runner/version.ts'
import { secondsNow } from './time.ts'

/** Where a login tells what it does. */
export type LoginLog = Pick<FederationEffects, 'mask' | 'info' | 'notice' | 'warn'> & {
  debug: (line: string) => void
  /** A number in [0, 1), for the jitter of retries. */
  random?: () => number
}

/** A login, with who it is where that was asked. */
export interface VerifiedLogin extends Login {
  principal?: string | undefined
}

// Compares the clock of this machine with that of each server that answers, for the explanation of a failure.
function watchClock(send: Send): { send: Send; aheadSeconds: () => number | undefined } {
  let ahead: number | undefined
  return {
    aheadSeconds: () => ahead,
    send: async (request) => {
      const answer = await send(request)
      const told = Date.parse(answer.date ?? '') / 1000
      if (Number.isFinite(told)) ahead = secondsNow() - told
      return answer
    },
  }
}

/**
 * Logs in over connections of its own, which are closed when it ends, whichever way.
 *
 * @throws LoginError of any step, explained as far as what was sent and what came back tell
 */
export async function logIn(
  options: LoginOptions & { verify?: boolean },
  environment: NodeJS.ProcessEnv,
  log: LoginLog,
): Promise<VerifiedLogin> {
  const connections = openConnections({
    ...log,
    userAgent: USER_AGENT,
    timeoutSeconds: options.timeoutSeconds,
  })
  const { send, aheadSeconds } = watchClock(connections.send)
  const askRunner = (audience: string) =>
    requestIdToken(findIdTokenService(environment, isSecure), audience, { send, jsonObject, mask: log.mask })
  try {
    const login = await federate(options, { ...log, send, requestIdToken: askRunner, now: secondsNow })
    if (options.verify !== true) return login
    return { ...login, principal: await askPrincipal(send, { ...login, warn: log.warn }) }
  } catch (thrown) {
    if (!(thrown instanceof LoginError)) throw thrown
    const { explainFailure } = await import('./explain.ts')
    throw explainFailure(thrown, options, environment, aheadSeconds())
  } finally {
    connections.close()
  }
}
