import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { IssuerKeys } from './issuer-keys.ts'

/** A policy of one service principal (workload identity federation): databricks.md section 8.1. */
export interface ServicePrincipalPolicy {
  readonly kind: 'service-principal'
  readonly applicationId: string
  readonly issuer: string
  /** Any one of them has to be in the token; the account id when left out. */
  readonly audiences?: readonly string[] | undefined
  readonly subject: string
  /** `sub` when left out. */
  readonly subjectClaim?: string | undefined
}

/** A policy of the whole account: the claim names the user or the service principal. */
export interface AccountPolicy {
  readonly kind: 'account'
  readonly issuer: string
  readonly audiences?: readonly string[] | undefined
  readonly subjectClaim?: string | undefined
}

export type FederationPolicy = ServicePrincipalPolicy | AccountPolicy

export type Principal =
  | { readonly kind: 'service-principal'; readonly applicationId: string; readonly displayName?: string }
  | { readonly kind: 'user'; readonly userName: string; readonly displayName?: string }

/** What a directory of principals knows one by: the application id or the user name. */
export const nameOf = (principal: Principal): string =>
  principal.kind === 'user' ? principal.userName : principal.applicationId

export interface Account {
  readonly accountId: string
  readonly policies: readonly FederationPolicy[]
  readonly principals: readonly Principal[]
  readonly keys: IssuerKeys
}

/** `reason` is for the sandbox's own record: Databricks does not tell a client which rule refused it. */
export type Verdict =
  | { readonly accepted: true; readonly principal: Principal; readonly claims: JWTPayload }
  | { readonly accepted: false; readonly cause: 'client' | 'lifetime' | 'policy'; readonly reason: string }

const refuse = (cause: 'client' | 'lifetime' | 'policy', reason: string): Verdict => ({
  accepted: false,
  cause,
  reason,
})

/**
 * Judges a subject token as Databricks does: with a client id only that service principal's policies count,
 * without one only the account's. Claims are compared exactly, there are no wildcards.
 *
 * @param now epoch seconds
 */
export async function judge(
  account: Account,
  subjectToken: string,
  clientId: string | undefined,
  now: number,
): Promise<Verdict> {
  const candidates = account.policies.filter((policy) =>
    clientId === undefined
      ? policy.kind === 'account'
      : policy.kind === 'service-principal' && policy.applicationId === clientId,
  )
  if (candidates.length === 0) return refuse('client', `no federation policy for ${clientId ?? 'the account'}`)

  let issuer: string | undefined
  try {
    issuer = decodeJwt(subjectToken).iss
  } catch {
    return refuse('policy', 'the subject token is not a JWT')
  }
  let verdict = refuse('policy', `no policy trusts the issuer ${issuer}`)
  for (const policy of candidates) {
    if (policy.issuer !== issuer) continue
    verdict = await judgeBy(policy, account, subjectToken, now)
    if (verdict.accepted) break
  }
  return verdict
}

async function judgeBy(
  policy: FederationPolicy,
  account: Account,
  subjectToken: string,
  now: number,
): Promise<Verdict> {
  let claims: JWTPayload
  try {
    const verified = await jwtVerify(subjectToken, account.keys.keysOf(policy.issuer), {
      algorithms: ['RS256', 'ES256'],
      issuer: policy.issuer,
      audience: [...(policy.audiences ?? [account.accountId])],
      requiredClaims: ['exp'],
      currentDate: new Date(now * 1000),
    })
    claims = verified.payload
  } catch (error) {
    const untimely =
      error instanceof errors.JWTExpired || (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf')
    return refuse(untimely ? 'lifetime' : 'policy', String(error))
  }
  const claim = policy.subjectClaim ?? 'sub'
  const subject = claims[claim]
  if (policy.kind === 'service-principal' && subject !== policy.subject) {
    return refuse('policy', `${claim} is ${JSON.stringify(subject)}, the policy wants ${policy.subject}`)
  }
  const wanted = policy.kind === 'service-principal' ? policy.applicationId : subject
  const principal = account.principals.find((known) =>
    policy.kind === 'service-principal'
      ? known.kind === 'service-principal' && known.applicationId === wanted
      : nameOf(known) === wanted,
  )
  if (!principal) return refuse('client', `no principal is called ${JSON.stringify(wanted)}`)
  return { accepted: true, principal, claims }
}
