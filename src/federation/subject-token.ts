import { decodeJwt } from 'jose'
import { ActionError } from '../errors.ts'
import { readMembers, type Sent } from '../json.ts'
import { printable } from '../text.ts'
import { type EpochSeconds, formatTime, isTime, secondsUntil } from '../time.ts'
import { type DisclosedClaims, disclosedClaimsOf, SUBJECT_CLAIMS } from './disclosed-claims.ts'

/** Claims of a subject token that this action reads. */
export interface SubjectClaims {
  issuer: string
  subject: string | undefined
  expiresAt: EpochSeconds
}

/** A subject token with what it says of itself; the signature is for Databricks to check. */
export interface SubjectToken {
  jwt: string
  claims: SubjectClaims
  /** What a refusal may show of it. */
  disclosedClaims: DisclosedClaims
}

const CLOCK_TOLERANCE_SECONDS = 60

function decode(token: string): Sent<typeof SUBJECT_CLAIMS> {
  // Databricks' personal access tokens: dapi, then hexadecimal digits.
  if (/^dapi[0-9a-f]/i.test(token)) {
    throw new ActionError(
      'SUBJECT_TOKEN_INVALID',
      'The subject token is a personal access token of Databricks, which is not exchanged.',
      { advice: 'Remove subject_token to log in with the ID token of GitHub, and delete the stored secret.' },
    )
  }
  try {
    // The library reads the payload alone. A line break in the signature would get into headers and files.
    if (!/^[\w.=-]+$/.test(token)) throw new TypeError('not of the characters of a JWT')
    return readMembers(decodeJwt(token), SUBJECT_CLAIMS)
  } catch (cause) {
    throw new ActionError('SUBJECT_TOKEN_INVALID', 'The subject token is not a JWT.', { cause })
  }
}

/**
 * Reads a subject token (RFC 7519, section 4.1) without checking its signature.
 *
 * @param now seconds since 1970
 * @throws ActionError SUBJECT_TOKEN_INVALID (not a JWT, no issuer, no expiry, a personal access token),
 *   SUBJECT_TOKEN_EXPIRED, SUBJECT_TOKEN_NOT_YET_VALID (by more than a minute)
 */
export function readSubjectToken(jwt: string, now: EpochSeconds): SubjectToken {
  const all = decode(jwt)
  const { iss, sub, exp, nbf } = all
  if (typeof iss !== 'string' || iss === '') {
    throw new ActionError('SUBJECT_TOKEN_INVALID', 'The subject token names no issuer (claim iss).')
  }
  if (!isTime(exp)) {
    throw new ActionError(
      'SUBJECT_TOKEN_INVALID',
      `The subject token of ${printable(iss)} has no expiry in seconds since 1970 (claim exp).`,
    )
  }
  if (secondsUntil(exp, now) <= 0) {
    throw new ActionError(
      'SUBJECT_TOKEN_EXPIRED',
      `The subject token of ${printable(iss)} expired at ${formatTime(exp)}.`,
    )
  }
  if (isTime(nbf) && secondsUntil(nbf, now) > CLOCK_TOLERANCE_SECONDS) {
    throw new ActionError(
      'SUBJECT_TOKEN_NOT_YET_VALID',
      `The subject token of ${printable(iss)} is valid from ${formatTime(nbf)} on; here it is ${formatTime(now)}.`,
    )
  }
  return {
    jwt,
    disclosedClaims: disclosedClaimsOf(all),
    claims: { issuer: iss, subject: typeof sub === 'string' ? sub : undefined, expiresAt: exp },
  }
}

/** What is read of an access token, if it is a JWT. */
export const ACCESS_CLAIMS = { iss: true, sub: true, exp: true } as const

/** Claims of an access token that happens to be a JWT; nothing of one that is opaque (RFC 6749, section 1.4). */
export function peekAccessToken(token: string): { issuer?: string; subject?: string; expiresAt?: EpochSeconds } {
  try {
    const { iss, sub, exp } = readMembers(decodeJwt(token), ACCESS_CLAIMS)
    return {
      ...(typeof iss === 'string' ? { issuer: iss } : {}),
      ...(typeof sub === 'string' ? { subject: sub } : {}),
      ...(isTime(exp) ? { expiresAt: exp } : {}),
    }
  } catch {
    return {}
  }
}

/** Gives a subject token for an audience; the same one again while it lives long enough. */
export type SubjectTokenFor = (audience: string) => Promise<SubjectToken>

// A token with less time left than this could end on its way to Databricks, so the next attempt fetches another.
const RENEW_BELOW_SECONDS = 60

/**
 * Subject tokens from an identity provider that can be asked at any time.
 *
 * @param request asks for a new one, already masked
 */
export function renewedSubjectTokens(
  request: (audience: string) => Promise<string>,
  now: () => EpochSeconds,
): SubjectTokenFor {
  const kept = new Map<string, SubjectToken>()
  return async (audience) => {
    const known = kept.get(audience)
    if (known !== undefined && secondsUntil(known.claims.expiresAt, now()) >= RENEW_BELOW_SECONDS) return known
    const token = readSubjectToken(await request(audience), now())
    kept.set(audience, token)
    return token
  }
}
