import { LoginError } from '../errors.ts'
import { type JsonObject, jsonObject } from '../http/answer.ts'
import type { HttpAnswer, HttpRequest, Send } from '../http/request.ts'
import { formatTime, LAST_TIME, UNUSABLE_SECONDS } from '../time.ts'
import { peekAccessToken, type SubjectToken } from './claims.ts'
import { ExchangeRefused } from './evidence.ts'
import { readSentClaims } from './sent-claims.ts'

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

// RFC 6750, section 2.1, and RFC 6749, section 3.3.
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e ]*$/
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

// RFC 6749, section 5.2; Databricks adds an id.
function oauthError({ body }: HttpAnswer): { error: string | undefined; text: string } {
  try {
    const { error, error_description, error_id } = JSON.parse(body)
    const parts = [error, error_description, error_id].filter((part) => typeof part === 'string')
    return { error: typeof error === 'string' ? error : undefined, text: parts.join(': ') || body }
  } catch {
    return { error: undefined, text: body }
  }
}

function refusal(answer: HttpAnswer, { url, purpose }: HttpRequest, { jwt }: SubjectToken): LoginError {
  const { status } = answer
  // An answer that is no error may hold the token.
  const serverText = status < 400 ? undefined : oauthError(answer).text
  const happened = `${purpose}: ${url.host} answered ${status}`
  if (status === 400 || status === 401) {
    const refused = { claims: readSentClaims(jwt), status, error: oauthError(answer).error }
    return new ExchangeRefused(`${happened} to this token:`, serverText, [refused])
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

function readToken({ access_token }: JsonObject, sent: SubjectToken, mask: (secret: string) => void): string {
  if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH) {
    throw invalid('holds no access_token')
  }
  mask(access_token)
  if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
    throw invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)')
  }
  if (access_token === sent.jwt) throw invalid('holds the subject token itself')
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
  if (answer.status !== 200) throw refusal(answer, request, sent)
  return { issued: readAnswer(jsonObject(answer, request, 'EXCHANGE_INVALID'), sent, options), sent }
}
