import { type Called, runWithStandIns } from './called.ts'
import type { Block } from './markdown.ts'

/** A federation policy, as a page tells the reader to create it. */
export interface WrittenPolicy {
  readonly id: string
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly subject: string
  /** `sub` when left out. */
  readonly subjectClaim?: string | undefined
}

const NUMERIC_ID = '7300000000001'

/**
 * The policy among the commands that a page shows.
 *
 * @throws Error if there is none, or several, or one for another principal
 */
function policyAmong(called: readonly Called[]): WrittenPolicy {
  const created = called.filter(({ command }) => command === 'account service-principal-federation-policy create')
  const [policy, ...others] = created
  if (policy === undefined || others.length > 0) throw new Error(`${created.length} policies in one block`)
  const { oidc_policy: oidc } = policy.body
  if (policy.arguments[0] !== NUMERIC_ID) throw new Error(`a policy for ${policy.arguments[0]}`)
  if (oidc === undefined) throw new Error('a policy without oidc_policy')
  const { issuer, subject, audiences = [], subject_claim: subjectClaim } = oidc
  return { id: policy.flags['--policy-id'] ?? '', issuer, subject, audiences, subjectClaim }
}

/** Runs the shell block that creates a policy. */
export const policyOf = async ({ text }: Block): Promise<WrittenPolicy> =>
  policyAmong(await runWithStandIns(text, { SERVICE_PRINCIPAL_ID: NUMERIC_ID }))
