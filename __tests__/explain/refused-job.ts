import type { Evidence } from '../../src/explain/evidence.ts'
import { type Explanation, explain } from '../../src/explain/refusal.ts'
import type { DisclosedClaims } from '../../src/federation/disclosed-claims.ts'
import { ExchangeRefused, type RefusedExchange } from '../../src/federation/exchange-refused.ts'
import type { LoginOptions } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'

export const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
export const clientId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
export const issuer = 'https://token.actions.githubusercontent.com'
export const repo = 'repo:octo-org/octo-repo'
const host = parseHost('https://dbc-1.cloud.databricks.com')

/** The time of these refusals: seconds since 1970. */
export const now = 1_800_000_000

/** Claims in place of those of the job. */
export type Claims = Partial<Record<keyof DisclosedClaims, unknown>>

/** Claims of a job with an environment; a claim that is undefined is left out. */
export function claimsOf(other: Claims = {}): DisclosedClaims {
  const claims = {
    iss: issuer,
    sub: `${repo}:environment:prod`,
    aud: [accountId],
    exp: now + 300,
    repository: 'octo-org/octo-repo',
    repository_owner: 'octo-org',
    environment: 'prod',
    event_name: 'push',
    ref: 'refs/heads/main',
    ...other,
  }
  return Object.fromEntries(
    Object.entries(claims).filter(([, claim]) => claim !== undefined),
  ) as unknown as DisclosedClaims
}

export const refusedOf = (claims: Claims = {}, error = 'invalid_grant'): RefusedExchange => ({
  claims: claimsOf(claims),
  status: 400,
  error,
})

/** What is known of a refused exchange of such a job, in which nothing is out of order but what is given. */
export const evidenceOf = (other: Partial<Evidence> = {}, claims: Claims = {}): Evidence => ({
  code: 'EXCHANGE_REFUSED',
  happened: 'Token exchange: h answered 400.',
  serverText: '',
  host,
  clientId,
  accountId,
  audience: undefined,
  groupId: undefined,
  publishedAccountId: undefined,
  scope: 'all-apis',
  isSubjectTokenGiven: false,
  undeclared: [],
  eventName: 'push',
  clockSkewSeconds: undefined,
  now,
  refused: [refusedOf(claims)],
  ...other,
})

export const options: LoginOptions = {
  host,
  clientId,
  accountId,
  scope: 'all-apis',
  onExchangeFailure: 'fail',
  timeoutSeconds: 60,
}
export const circumstances = { undeclared: [], eventName: 'push', clockSkewSeconds: undefined, now }
/** How a login is explained whose exchanges were all refused. */
export function explained(refused: RefusedExchange[], other: Partial<LoginOptions> = {}): Explanation {
  const failure = new ExchangeRefused('Token exchange: h answered 400.', {
    serverText: undefined,
    refused,
    publishedAccountId: 'published',
  })
  const explanation = explain(failure, { ...options, ...other }, circumstances)
  if (explanation === undefined) throw new Error('a refused exchange is always explained')
  return explanation
}
