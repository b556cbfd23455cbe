import { readSubjectToken, type SubjectToken } from './claims.ts'

/** Gives a subject token for an audience; the same one again while it lives long enough. */
export type SubjectTokenFor = (audience: string) => Promise<SubjectToken>

// With less than this to live it could end on the way to Databricks, so another is fetched before the next attempt.
const RENEW_BELOW_SECONDS = 60

/**
 * Subject tokens from an identity provider that can be asked at any time.
 *
 * @param request asks for a new one, already masked
 * @param now seconds since 1970
 */
export function renewedSubjectTokens(
  request: (audience: string) => Promise<string>,
  now: () => number,
): SubjectTokenFor {
  const kept = new Map<string, SubjectToken>()
  return async (audience) => {
    const known = kept.get(audience)
    if (known !== undefined && known.claims.expiresAt - now() >= RENEW_BELOW_SECONDS) return known
    const token = readSubjectToken(await request(audience), now())
    kept.set(audience, token)
    return token
  }
}
