import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import { jsonObject } from '../http/json-answer.ts'
import type { HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { outcomeOf } from '../http/status.ts'
import { membersIn } from '../json.ts'
import type { Log } from '../log.ts'
import { printable } from '../text.ts'

/** Whose token is asked for, and where. */
export interface PrincipalQuestion extends Pick<Log, 'warning'> {
  readonly host: Host
  readonly accessToken: string
  readonly workspaceId: string | undefined
  /** Scopes of the token, separated by spaces. */
  readonly scope: string
}

/** What is read of the answer to SCIM's `Me`. */
export const PRINCIPAL_ANSWER = { userName: true } as const

/** What is read of an error of the REST API. */
export const API_ERROR = { message: true } as const

// The text of anything else is quoted as it is.
function errorMessage({ body }: HttpAnswer): string {
  const { message } = membersIn(body, API_ERROR)
  return typeof message === 'string' ? message : body
}

function refusal(answer: HttpAnswer): ActionError {
  const { url, purpose } = answer.request
  const happened = `${purpose}: ${url.host} answered ${answer.status} to the new token.`
  const serverText = answer.status < 400 ? undefined : errorMessage(answer)
  if (answer.status === 401) return new ActionError('VERIFY_UNAUTHORIZED', happened, { serverText })
  if (answer.status === 403) return new ActionError('VERIFY_FORBIDDEN', happened, { serverText })
  if (answer.status === 404) return new ActionError('VERIFY_NOT_FOUND', happened, { serverText })
  return new ActionError('VERIFY_INVALID', happened, { serverText })
}

// A token with fewer scopes may do all that the job needs, and still not be allowed to ask who it is.
const lacksScopeAlone = (answer: HttpAnswer, scope: string): boolean =>
  (answer.status === 401 || answer.status === 403) &&
  !scope.split(' ').includes('all-apis') &&
  /\bscopes?\b/i.test(errorMessage(answer))

/**
 * Asks a workspace who a token is (SCIM, `Me`): the user name, which is the application id of a service principal.
 * Undefined, with a warning, if the answer names the scope and the token has not all of them.
 *
 * @throws ActionError VERIFY_UNAUTHORIZED (401), VERIFY_FORBIDDEN (403), VERIFY_NOT_FOUND (404), VERIFY_INVALID, and
 *   those of Send
 */
export async function askPrincipal(send: Send, question: PrincipalQuestion): Promise<string | undefined> {
  const { host, accessToken, workspaceId, scope, warning } = question
  const request: HttpRequest = {
    purpose: 'Verification',
    method: 'GET',
    url: new URL(`${host.origin}/api/2.0/preview/scim/v2/Me`),
    headers: {
      authorization: `Bearer ${accessToken}`,
      // A unified host serves many workspaces (SDK for Go, X-Databricks-Workspace-Id).
      ...(host.kind === 'unified' && workspaceId !== undefined ? { 'x-databricks-workspace-id': workspaceId } : {}),
    },
  }
  const answer = await send(() => request)
  if (lacksScopeAlone(answer, scope)) {
    warning(
      `Verification: the scope ${scope} does not allow to ask who the token is. ${printable(errorMessage(answer))}`,
    )
    return undefined
  }
  if (outcomeOf(answer.status) !== 'success') throw refusal(answer)
  const { userName } = jsonObject(answer, PRINCIPAL_ANSWER, 'VERIFY_INVALID')
  if (typeof userName !== 'string' || printable(userName) === '') {
    throw new ActionError('VERIFY_INVALID', `${request.purpose}: the answer of ${host.serverHostname} names nobody.`)
  }
  return printable(userName)
}
