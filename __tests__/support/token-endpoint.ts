import { type Answer, type SandboxServer, serve } from '../../sandbox/http-server.ts'
import { type ExchangeOptions, exchange } from '../../src/federation/exchange.ts'
import { readSubjectToken } from '../../src/federation/subject-token.ts'
import { later } from '../sandbox/support.ts'
import { connect } from './connections.ts'
import { unverifiableJwt } from './jwt.ts'

/** The time of these exchanges: seconds since 1970. */
export const now = 1_800_000_000

export const subjectJwt = unverifiableJwt({
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:prod',
  aud: 'an-audience',
  exp: now + 300,
})

export const accepted = { access_token: 'opaque-access-token', token_type: 'Bearer', expires_in: 300 }

/** A token endpoint that gives one answer to everybody. */
async function tokenEndpoint(answer: Answer | object): Promise<SandboxServer> {
  const whole: Answer = 'status' in answer ? (answer as Answer) : { status: 200, json: answer }
  return later(await serve(() => whole))
}

/** One exchange with such an endpoint: what it gives, and what was masked on the way. */
export async function exchangeWith(answer: Answer | object, options: Partial<ExchangeOptions> = {}) {
  const server = await tokenEndpoint(answer)
  const masked: string[] = []
  const { issued, sent } = await exchange(connect(), {
    tokenEndpoint: new URL(`${server.origin}/oidc/v1/token`),
    scope: 'all-apis',
    nextSubjectToken: async () => readSubjectToken(subjectJwt, now),
    mask: (secret) => masked.push(secret),
    now: () => now,
    ...options,
  })
  return { issued, sent, masked, requests: server.requests }
}
