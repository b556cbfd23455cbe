import { decodeJwt } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { defaultAccountId } from '../../sandbox/workspace.ts'
import { cleanUp, exchange } from './support.ts'
import { applicationId, ofPrincipal, startPair, subject } from './trust.ts'

afterEach(cleanUp)

test('a client id counts for its own service principal alone', async () => {
  const { issuer, workspace } = await startPair((trusted) => [
    ...ofPrincipal(trusted),
    { kind: 'account', issuer: trusted.url, audiences: ['first'], subjectClaim: 'email' },
  ])
  const token = await issuer.sign({ sub: subject, aud: 'first', email: 'mona@example.com' })

  const asPrincipal = await exchange(workspace, token, applicationId)
  const asUser = await exchange(workspace, token)
  const asOther = await exchange(workspace, token, 'other-principal')
  const asNobody = await exchange(workspace, token, '7300000000001')

  expect([asPrincipal.status, asUser.status, asOther.status, asNobody.status]).toEqual([200, 200, 401, 401])
  expect(asNobody.json).toEqual({
    error: 'invalid_client',
    error_id: expect.any(String),
    error_description: 'Client authentication failed',
  })
  const claims = decodeJwt(String(asUser.json['access_token']))
  expect(claims.sub).toBe('mona@example.com')
  expect(claims).not.toHaveProperty('client_id')
})

test('an account-wide policy names whomever the account knows, and nobody else', async () => {
  const { issuer, workspace } = await startPair(({ url }) => [{ kind: 'account', issuer: url }])
  const login = async (sub: string) =>
    (await exchange(workspace, await issuer.sign({ sub, aud: defaultAccountId }))).status

  expect(await login(applicationId)).toBe(200)
  expect(await login('mona@example.com')).toBe(200)
  expect(await login('mallory@example.com')).toBe(401)
})

test('without audiences a policy wants the account id', async () => {
  const { issuer, workspace } = await startPair(({ url }) => [
    { kind: 'service-principal', applicationId, issuer: url, subject },
  ])
  const login = async (aud: string) =>
    (await exchange(workspace, await issuer.sign({ sub: subject, aud }), applicationId)).status

  expect(await login(defaultAccountId)).toBe(200)
  expect(await login(workspace.tokenEndpoint)).toBe(400)
})

test('a policy may compare another claim', async () => {
  const { issuer, workspace } = await startPair(({ url }) => [
    {
      kind: 'service-principal',
      applicationId,
      issuer: url,
      subject: 'octo-org/octo-repo',
      subjectClaim: 'repository',
    },
  ])
  const login = async (claims: Record<string, unknown>) =>
    (await exchange(workspace, await issuer.sign({ aud: defaultAccountId, ...claims }), applicationId)).status

  expect(await login({ sub: 'x', repository: 'octo-org/octo-repo' })).toBe(200)
  expect(await login({ sub: 'octo-org/octo-repo', repository: 'octo-org/fork' })).toBe(400)
})

test('a later policy may accept what an earlier one refuses', async () => {
  const { issuer, workspace } = await startPair((trusted) => [
    { kind: 'service-principal', applicationId, issuer: trusted.url, subject: 'another' },
    ...ofPrincipal(trusted),
  ])
  const token = await issuer.sign({ sub: subject, aud: 'first' })
  expect((await exchange(workspace, token, applicationId)).status).toBe(200)
})
