import type { EpochSeconds } from '../time.ts'

// What federation policies compare (Databricks, "Federation policies") and what tells GitHub's jobs apart (GitHub,
// "OpenID Connect reference"). Nothing else of a token is ever shown.
const OF_EVERY_TOKEN = ['iss', 'sub'] as const
const OF_A_JOB = [
  'repository',
  'repository_owner',
  'repository_id',
  'repository_owner_id',
  'environment',
  'event_name',
  'ref',
  'ref_type',
  'job_workflow_ref',
  'workflow_ref',
] as const

type ClaimName = (typeof OF_EVERY_TOKEN)[number] | (typeof OF_A_JOB)[number]

/** Claims of a subject token that was sent, those of the allow-list alone, as they stand in it. */
export interface DisclosedClaims extends Readonly<Partial<Record<ClaimName, string>>> {
  readonly aud: readonly string[]
  /** Seconds since 1970. */
  readonly exp: EpochSeconds | undefined
}

/** The claims of a subject token that an explanation may show. */
export function disclosedClaimsOf(claims: Readonly<Record<string, unknown>>): DisclosedClaims {
  const texts = [...OF_EVERY_TOKEN, ...OF_A_JOB].flatMap((name) => {
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
