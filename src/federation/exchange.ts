import { LoginError, printable } from '../errors.ts'
import { type JsonObject, jsonObject } from '../http/answer.ts'
import type { HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { formatTime, LAST_TIME, UNUSABLE_SECONDS } from '../time.ts'
import { peekAccessToken, type SubjectToken } from './claims.ts'
import { identityProvider, isGitHub } from './identity-provider.ts'

/** A token that Databricks issued. */
export interface AccessToken {
  accessToken: string
  /** Seconds since 1970: the earliest of what the answer and the token say. */
  expiresAt: number
  /** Granted scopes, separated by spaces. */
  scope: string
}

export interface ExchangeOptions {
  tokenEndpoint: URL
  /** Application id of the service principal; left out for account-wide federation. */
  clientId?: string | undefined
  scope: string
  /** Called for each attempt, so that none sends a subject token that is about to expire. */
  subjectToken: () => Promise<SubjectToken>
  /** Called with the access token before anything else happens to it. */
  mask: (secret: string) => void
  /** Seconds since 1970. */
  now: () => number
}

// RFC 6750, section 2.1.
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/
// Fewer than RFC 6749, section 3.3, allows: the scope becomes an output, which a later step may put into a command.
const SCOPES = /^[\w.:/ -]*$/
const MIN_TOKEN_LENGTH = 10
const MAX_TOKEN_LENGTH = 16_384

function form({ clientId, scope }: ExchangeOptions, { jwt }: SubjectToken): string {
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: jwt,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope,
    ...(clientId === undefined ? {} : { client_id: clientId }),
  }).toString()
}

const errorText = ({ body }: HttpAnswer): string => {
  try {
    const { error, error_description, error_id } = JSON.parse(body)
    return [error, error_description, error_id].filter((part) => typeof part === 'string').join(': ') || body
  } catch {
    return body
  }
}

const who = ({ clientId }: ExchangeOptions, { claims }: SubjectToken): string =>
  [
    `issuer    ${printable(claims.issuer)}`,
    `subject   ${printable(claims.subject ?? '(none)')}`,
    `audience  ${printable(claims.audience.join(', ') || '(none)')}`,
    `client id ${clientId ?? '(none: account-wide federation)'}`,
  ].join('\n')

function refusal(answer: HttpAnswer, { url, purpose }: HttpRequest, sent: string): LoginError {
  const { status } = answer
  // An answer that is no error may hold the token.
  const serverText = status < 400 ? undefined : errorText(answer)
  const happened = `${purpose}: ${url.host} answered ${status}`
  if (status === 400 || status === 401) {
    return new LoginError('EXCHANGE_REFUSED', `${happened} to this token:\n${sent}`, { serverText })
  }
  if (status === 404) return new LoginError('EXCHANGE_NOT_FOUND', `${happened} at ${url.pathname}.`, { serverText })
  if (status === 403) return new LoginError('EXCHANGE_FORBIDDEN', `${happened}.`, { serverText })
  return new LoginError('EXCHANGE_INVALID', `${happened}, which is no answer to an exchange.`, { serverText })
}

const invalid = (found: string) => new LoginError('EXCHANGE_INVALID', `The answer to the token exchange ${found}.`)

function lifetime(expiresIn: unknown): number | undefined {
  if (expiresIn === undefined) return undefined
  const numeric = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn))
  const seconds = numeric ? Number(expiresIn) : Number.NaN
  if (!Number.isFinite(seconds) || seconds <= 0) throw invalid('has an expires_in that is not a positive number')
  return seconds
}

// The subject token itself, in whatever spelling, or another of its issuer that an earlier request brought there. Of
// Databricks' own hosts one may issue tokens for another.
function isOfSubjectIssuer(accessToken: string, { jwt, claims }: SubjectToken): boolean {
  if (accessToken === jwt) return true
  const { issuer } = peekAccessToken(accessToken)
  if (issuer === undefined) return false
  return isGitHub(issuer) || (issuer === claims.issuer && identityProvider(issuer) !== 'databricks')
}

function readToken({ access_token }: JsonObject, sent: SubjectToken, mask: (secret: string) => void): string {
  if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH) {
    throw invalid('holds no access_token')
  }
  mask(access_token)
  if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
    throw invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)')
  }
  if (isOfSubjectIssuer(access_token, sent)) throw invalid('holds a token of whoever issued the subject token')
  return access_token
}

function readAnswer(document: JsonObject, sent: SubjectToken, options: ExchangeOptions): AccessToken {
  const accessToken = readToken(document, sent, options.mask)
  const { token_type, expires_in, scope = options.scope } = document
  if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
    throw invalid('has a token_type other than Bearer')
  }
  if (typeof scope !== 'string' || !SCOPES.test(scope)) throw invalid('has a scope that is not a list of scopes')
  const now = options.now()
  const seconds = lifetime(expires_in)
  const own = peekAccessToken(accessToken).expiresAt
  const told = seconds === undefined ? undefined : Math.min(now + seconds, LAST_TIME)
  const known = [own, told].filter((time) => time !== undefined)
  const expiresAt = Math.floor(known.length > 0 ? Math.min(...known) : sent.claims.expiresAt)
  if (expiresAt - now <= UNUSABLE_SECONDS) {
    throw new LoginError(
      'TOKEN_TOO_SHORT',
      `The access token ends at ${formatTime(expiresAt)}, in ${Math.floor(expiresAt - now)} s; ${UNUSABLE_SECONDS} s are too few to use it.`,
    )
  }
  return { accessToken, expiresAt, scope }
}

/**
 * Exchanges a subject token for an access token (RFC 8693, section 2; Databricks, "Authenticate with an identity
 * provider token").
 *
 * @throws LoginError EXCHANGE_REFUSED (400, 401), EXCHANGE_FORBIDDEN (403), EXCHANGE_NOT_FOUND (404),
 *   EXCHANGE_INVALID, TOKEN_TOO_SHORT, and those of Send
 */
export async function exchange(
  send: Send,
  options: ExchangeOptions,
): Promise<{ issued: AccessToken; sent: SubjectToken }> {
  let sent: SubjectToken | undefined
  const request: HttpRequest = {
    purpose: 'Token exchange',
    method: 'POST',
    url: options.tokenEndpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: async () => {
      sent = await options.subjectToken()
      return form(options, sent)
    },
  }
  const answer = await send(request)
  if (sent === undefined) throw new LoginError('UNEXPECTED', 'The token endpoint was asked without a subject token.')
  if (answer.status !== 200) throw refusal(answer, request, who(options, sent))
  return { issued: readAnswer(jsonObject(answer, request, 'EXCHANGE_INVALID'), sent, options), sent }
}
