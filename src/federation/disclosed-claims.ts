import type { EpochSeconds } from '../time.ts'

// What federation policies compare (Databricks, "Federation policies") and what tells GitHub's jobs apart (GitHub,
// "OpenID Connect reference"). Nothing else of a token is ever shown.
const TEXTS = {
  iss: true,
  sub: true,
  repository: true,
  repository_owner: true,
  repository_id: true,
  repository_owner_id: true,
  environment: true,
  event_name: true,
  ref: true,
  ref_type: true,
  job_workflow_ref: true,
  workflow_ref: true,
} as const

/** What is read of a subject token (RFC 7519, section 4.1). */
export const SUBJECT_CLAIMS = { ...TEXTS, aud: true, exp: true, nbf: true } as const

/** Claims of a subject token that was sent, those of the allow-list alone, as they stand in it. */
export interface DisclosedClaims extends Readonly<Partial<Record<keyof typeof TEXTS, string>>> {
  readonly aud: readonly string[]
  /** Seconds since 1970. */
  readonly exp: EpochSeconds | undefined
}

/** The claims of a subject token that an explanation may show. */
export function disclosedClaimsOf(claims: Readonly<Record<string, unknown>>): DisclosedClaims {
  const texts = Object.keys(TEXTS).flatMap((name) => {
    const claim = claims[name]
    return typeof claim === 'string' && claim !== '' ? [[name, claim]] : []
  })
  const { aud, exp } = claims
  return {
    ...Object.fromEntries(texts),
    aud: [aud].flat().filter((entry) => typeof entry === 'string'),
    exp: typeof exp === 'number' ? exp : undefined,
  }
}
