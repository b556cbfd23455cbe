import { settableClock } from '../../sandbox/clock.ts'
import type { FederationPolicy } from '../../sandbox/federation-policy.ts'
import { type Algorithm, type Issuer, startIssuer } from '../../sandbox/issuer.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { later } from './support.ts'

export const applicationId = '0f8fad5b-d9cb-469f-a165-70867728950e'
export const subject = 'repo:octo-org/octo-repo:environment:prod'
export const principals = [
  { kind: 'service-principal', applicationId, displayName: 'deploy' },
  { kind: 'service-principal', applicationId: 'other-principal' },
  { kind: 'user', userName: 'mona@example.com' },
] as const
export const clock = settableClock(1_800_000_000)

/** The policy of the service principal above, for tokens of an issuer. */
export const ofPrincipal = ({ url }: Pick<Issuer, 'url'>): FederationPolicy[] => [
  { kind: 'service-principal', applicationId, issuer: url, audiences: ['first', 'second'], subject },
]

/** An issuer, and a workspace that trusts it by some policies. */
export async function startPair(policies: (issuer: Issuer) => FederationPolicy[], algorithm: Algorithm = 'RS256') {
  const issuer = later(await startIssuer({ algorithm, now: clock.now }))
  const workspace = later(await startWorkspace({ policies: policies(issuer), principals, now: clock.now }))
  return { issuer, workspace }
}
