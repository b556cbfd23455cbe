import { afterEach, expect, test } from 'vitest'
import { startIssuer } from '../../sandbox/issuer.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { cleanUp, exchange, later } from './support.ts'
import { applicationId, clock, ofPrincipal, principals, startPair, subject } from './trust.ts'

afterEach(cleanUp)

test.each(['RS256', 'ES256'] as const)('a subject token signed with %s is exchanged', async (algorithm) => {
  const { issuer, workspace } = await startPair(ofPrincipal, algorithm)
  const answer = await exchange(workspace, await issuer.sign({ sub: subject, aud: ['x', 'second'] }), applicationId)

  expect(answer.status).toBe(200)
  expect(answer.contentType).toBe('application/json')
  expect(answer.json).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'all-apis',
  })
  expect(workspace.exchanges).toHaveLength(1)
})

test('the access token has the claims of a Databricks token and dies with its subject token', async () => {
  const { issuer, workspace } = await startPair(ofPrincipal)
  const exp = clock.now() + 222
  const { json } = await exchange(workspace, await issuer.sign({ sub: subject, aud: 'first', exp }), applicationId)
  const [header, claims] = String(json['access_token'])
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

  expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) })
  expect(claims).toEqual({
    client_id: applicationId,
    scope: 'all-apis',
    iss: `${workspace.host}/oidc`,
    aud: workspace.workspaceId,
    sub: applicationId,
    iat: clock.now(),
    exp,
    jti: expect.any(String),
  })
  expect(json['expires_in']).toBe(222)
})

test('a cap on the lifetime holds', async () => {
  const issuer = later(await startIssuer({ now: clock.now }))
  const workspace = later(
    await startWorkspace({ policies: ofPrincipal(issuer), principals, now: clock.now, maxTokenSeconds: 90 }),
  )
  const { json } = await exchange(workspace, await issuer.sign({ sub: subject, aud: 'first' }), applicationId)
  expect(json['expires_in']).toBe(90)
})

const refusals: [rule: string, claims: (now: number) => Record<string, unknown>, status: number][] = [
  ['another subject', () => ({ sub: 'repo:octo-org/octo-repo:environment:test' }), 400],
  ['a subject that is longer', () => ({ sub: `${subject}:more` }), 400],
  ['no subject', () => ({ sub: undefined }), 400],
  ['another audience', () => ({ aud: 'third' }), 400],
  ['no audience', () => ({ aud: undefined }), 400],
  ['an issuer with a slash more', () => ({ iss: 'SLASH' }), 400],
  ['an issuer that nobody trusts', () => ({ iss: 'https://token.actions.githubusercontent.com' }), 400],
  ['a token that has expired', (now) => ({ exp: now }), 401],
  ['a token that is not yet valid', (now) => ({ nbf: now + 1 }), 401],
  ['a token without an expiry', () => ({ exp: undefined }), 400],
]

test.each(refusals)('%s is refused', async (_rule, claimsAt, status) => {
  const { issuer, workspace } = await startPair(ofPrincipal)
  const claims = claimsAt(clock.now())
  const iss = claims['iss'] === 'SLASH' ? { iss: `${issuer.url}/` } : {}
  const token = await issuer.sign({ sub: subject, aud: 'first', ...claims, ...iss })
  const answer = await exchange(workspace, token, applicationId)

  expect(answer.status).toBe(status)
  expect(answer.json).toEqual({
    error: 'invalid_grant',
    error_id: expect.any(String),
    error_description: 'The subject token is invalid',
  })
  expect(workspace.exchanges.at(-1)).toMatchObject({ status, error: 'invalid_grant' })
  // An issuer that no policy names is not asked for keys, nor is any other in its place.
  if ('iss' in claims) expect(issuer.requests).toEqual([])
})

test('a token that expires in the next second is still accepted', async () => {
  const { issuer, workspace } = await startPair(ofPrincipal)
  const token = await issuer.sign({ sub: subject, aud: 'first', exp: clock.now() + 1, nbf: clock.now() })
  expect((await exchange(workspace, token, applicationId)).status).toBe(200)
})
