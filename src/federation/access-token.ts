import { ActionError } from '../errors.ts'
import type { Sent } from '../json.ts'
import type { Log } from '../log.ts'
import { type EpochSeconds, formatTime, LAST_TIME, secondsAfter, secondsUntil, UNUSABLE_SECONDS } from '../time.ts'
import { identityProvider, isGitHub } from './issuer.ts'
import { peekAccessToken, type SubjectToken } from './subject-token.ts'

/** What is read of the answer to an exchange that was granted (RFC 8693, section 2.2.1). */
export const TOKEN_ANSWER = { access_token: true, token_type: true, expires_in: true, scope: true } as const

/** A token that Databricks issued. */
export interface AccessToken {
  accessToken: string
  /** The earliest of what the answer and the token say, in whole seconds. */
  expiresAt: EpochSeconds
  /** Granted scopes, separated by spaces. */
  scope: string
}

interface ReadOptions extends Pick<Log, 'mask'> {
  /** The subject token that it was exchanged for. */
  sent: SubjectToken
  /** The scopes that were asked for. If the answer names none, they are the ones that were granted. */
  scope: string
  now: EpochSeconds
}

// RFC 6750, section 2.1.
const B64TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/
// Fewer than RFC 6749, section 3.3, allows: the scope becomes an output, which a later step may put into a command.
const SCOPES = /^[\w.:/ -]*$/
const MIN_TOKEN_LENGTH = 10
const MAX_TOKEN_LENGTH = 16_384

const invalid = (found: string) => new ActionError('EXCHANGE_INVALID', `The answer to the token exchange ${found}.`)

function lifetime(expiresIn: unknown): number | undefined {
  if (expiresIn === undefined) return undefined
  const numeric = typeof expiresIn === 'number' || (typeof expiresIn === 'string' && /^\d+(\.\d+)?$/.test(expiresIn))
  const seconds = numeric ? Number(expiresIn) : Number.NaN
  if (!Number.isFinite(seconds) || seconds <= 0) throw invalid('has an expires_in that is not a positive number')
  return seconds
}

// A server that hands back a token of the subject token's issuer has exchanged nothing: it may be the subject token itself,
// written otherwise, or one that an earlier request sent there. Databricks' own hosts issue tokens for each other.
function isOfSubjectIssuer(accessToken: string, { jwt, claims }: SubjectToken): boolean {
  if (accessToken === jwt) return true
  const { issuer } = peekAccessToken(accessToken)
  if (issuer === undefined) return false
  return isGitHub(issuer) || (issuer === claims.issuer && identityProvider(issuer) !== 'databricks')
}

function readToken({ access_token }: Sent<typeof TOKEN_ANSWER>, { sent, mask }: ReadOptions): string {
  if (typeof access_token !== 'string' || access_token.length < MIN_TOKEN_LENGTH) throw invalid('holds no access_token')
  mask(access_token)
  if (access_token.length > MAX_TOKEN_LENGTH || !B64TOKEN.test(access_token)) {
    throw invalid('holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)')
  }
  if (isOfSubjectIssuer(access_token, sent)) throw invalid('holds a token of whoever issued the subject token')
  return access_token
}

/**
 * Reads the answer to an exchange that was granted (RFC 8693, section 2.2.1).
 *
 * @throws ActionError EXCHANGE_INVALID; TOKEN_TOO_SHORT if nobody could use the token any more
 */
export function readAccessToken(document: Sent<typeof TOKEN_ANSWER>, options: ReadOptions): AccessToken {
  const accessToken = readToken(document, options)
  const { token_type, expires_in, scope = options.scope } = document
  if (typeof token_type !== 'string' || token_type.toLowerCase() !== 'bearer') {
    throw invalid('has a token_type other than Bearer')
  }
  if (typeof scope !== 'string' || !SCOPES.test(scope)) throw invalid('has a scope that is not a list of scopes')
  const { now, sent } = options
  const seconds = lifetime(expires_in)
  const own = peekAccessToken(accessToken).expiresAt
  const told = seconds === undefined ? undefined : Math.min(secondsAfter(now, seconds), LAST_TIME)
  const known = [own, told].filter((time) => time !== undefined)
  const expiresAt = Math.floor(known.length > 0 ? Math.min(...known) : sent.claims.expiresAt)
  const left = secondsUntil(expiresAt, now)
  if (left <= UNUSABLE_SECONDS) {
    throw new ActionError(
      'TOKEN_TOO_SHORT',
      `The access token ends at ${formatTime(expiresAt)}, in ${Math.floor(left)} s; ${UNUSABLE_SECONDS} s are too few to use it.`,
    )
  }
  return { accessToken, expiresAt, scope }
}
