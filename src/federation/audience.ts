import type { Host } from '../host.ts'
import { type Discovered, expectedServer, fixedTokenEndpoint } from './discovery.ts'

interface AudienceOptions {
  host: Host
  accountId?: string | undefined
  /** The input audience. If it is set, it is the only candidate. */
  audience?: string | undefined
  likelyAudience?: string | undefined
}

/**
 * Audiences that a federation policy of this host may name, likeliest first: a URL of its own that a unified host
 * publishes, the account id that the user gave (the default of policies), the token endpoint (what the SDKs ask for).
 * Never a general one such as GitHub's default, which other systems may accept, nor an account id that only the host
 * tells: it could name another relying party, to collect tokens for it.
 */
export function candidateAudiences(
  { host, accountId, audience, likelyAudience }: AudienceOptions,
  metadata: Discovered,
): string[] {
  if (audience !== undefined) return [audience]
  const published = host.kind === 'unified' ? metadata.defaultAudience : undefined
  const candidates = [likelyAudience, published, accountId, metadata.tokenEndpoint.href]
  return [...new Set(candidates.filter((candidate) => candidate !== undefined))]
}

/** The first candidate, if it is known before the host answers. GitHub can then be asked at the same time. */
export function predictedAudience({ host, accountId, audience, likelyAudience }: AudienceOptions): string | undefined {
  if (audience !== undefined) return audience
  if (likelyAudience !== undefined) return likelyAudience
  if (host.kind === 'unified') return undefined
  return accountId ?? fixedTokenEndpoint(expectedServer(host, accountId)).href
}
