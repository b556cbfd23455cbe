import { ActionError } from '../errors.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { Send } from '../http/request.ts'
import { outcomeOf } from '../http/status.ts'
import type { Log } from '../log.ts'
import { isSecure, withoutTrailingDot } from '../url.ts'

/** What is read of an answer of the runner's ID token service. */
export const ID_TOKEN_ANSWER = { value: true } as const

/** Where the runner hands out ID tokens, and the token with which a step may ask. */
export interface IdTokenService {
  url: URL
  requestToken: string
}

/**
 * Finds the runner's ID token service in the environment of a step (GitHub, "OpenID Connect reference").
 *
 * @throws ActionError ID_TOKEN_PERMISSION_MISSING, before any request
 */
export function findIdTokenService(environment: NodeJS.ProcessEnv): IdTokenService {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment
  if (address === '' || requestToken === '') {
    throw new ActionError('ID_TOKEN_PERMISSION_MISSING', 'This job may not ask GitHub for an ID token.')
  }
  const url = URL.parse(address)
  if (url === null) {
    throw new ActionError('ID_TOKEN_REFUSED', 'ACTIONS_ID_TOKEN_REQUEST_URL is not a URL.')
  }
  if (!isSecure(url)) {
    throw new ActionError('ID_TOKEN_REFUSED', `ACTIONS_ID_TOKEN_REQUEST_URL is ${url.protocol}//, which is not https.`)
  }
  return { url: withoutTrailingDot(url), requestToken }
}

/**
 * Asks the runner for an ID token. An audience that is already in the address is replaced.
 *
 * @throws ActionError ID_TOKEN_REFUSED, ANSWER_INVALID, and those of Send
 */
export async function requestIdToken(
  { url, requestToken }: IdTokenService,
  { audience, send, mask }: { audience: string; send: Send } & Pick<Log, 'mask'>,
): Promise<string> {
  const withAudience = new URL(url)
  withAudience.searchParams.set('audience', audience)
  const answer = await send(() => ({
    purpose: 'ID token request',
    method: 'GET',
    url: withAudience,
    headers: { authorization: `Bearer ${requestToken}` },
  }))
  const { status, body } = answer
  if (outcomeOf(status) !== 'success') {
    throw new ActionError('ID_TOKEN_REFUSED', `GitHub answered ${status} to the request for an ID token.`, {
      // An answer of success may hold the token, so that its text is not quoted.
      serverText: status < 400 ? undefined : body,
    })
  }
  const { value } = jsonObject(answer, ID_TOKEN_ANSWER)
  if (typeof value !== 'string' || value === '') {
    throw new ActionError('ID_TOKEN_REFUSED', 'GitHub answered the request for an ID token without one.')
  }
  mask(value)
  return value
}
