import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { startIssuer } from '../../sandbox/issuer.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { cleanUp, exchange, later, scratch } from './support.ts'
import { applicationId, clock, ofPrincipal, principals, startPair, subject } from './trust.ts'

afterEach(cleanUp)

test.each(['RS256', 'ES256'] as const)('a forged %s signature is refused', async (algorithm) => {
  const { issuer, workspace } = await startPair(ofPrincipal, algorithm)
  const token = await issuer.sign({ sub: subject, aud: 'first' })
  const [header, claims, signature = ''] = token.split('.')
  const flipped = signature[0] === 'A' ? 'B' : 'A'
  const foreign = later(await startIssuer({ algorithm, now: clock.now }))
  const impostor = await foreign.sign({ iss: issuer.url, sub: subject, aud: 'first' })
  const otherClaims = Buffer.from(JSON.stringify({ iss: issuer.url, sub: subject, aud: 'first', exp: 9e9 }))
  const none = Buffer.from('{"alg":"none"}').toString('base64url')

  for (const forged of [
    `${header}.${claims}.${flipped}${signature.slice(1)}`,
    `${header}.${otherClaims.toString('base64url')}.${signature}`,
    `${none}.${claims}.`,
    `${header}.${claims}.`,
    impostor,
    'not-a-jwt',
  ]) {
    const answer = await exchange(workspace, forged, applicationId)
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  }
})

test('an algorithm that Databricks does not know is refused, even with a good signature', async () => {
  const { privateKey, publicKey } = await generateKeyPair('PS256')
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] }
  const server = later(
    await scratch((origin, path) => (path.endsWith('jwks') ? keys : { issuer: origin, jwks_uri: `${origin}/jwks` })),
  )
  const policies = ofPrincipal({ url: server.origin })
  const workspace = later(await startWorkspace({ policies, principals, now: clock.now }))
  const token = await new SignJWT({ iss: server.origin, sub: subject, aud: 'first', exp: clock.now() + 300 })
    .setProtectedHeader({ alg: 'PS256', kid: 'k' })
    .sign(privateKey)

  expect((await exchange(workspace, token, applicationId)).status).toBe(400)
})

test('keys are fetched once, and again for a key id that is new', async () => {
  const { issuer, workspace } = await startPair(ofPrincipal)
  const login = async () =>
    (await exchange(workspace, await issuer.sign({ sub: subject, aud: 'first' }), applicationId)).status

  expect([await login(), await login()]).toEqual([200, 200])
  expect(issuer.requests.map(({ path }) => path)).toEqual(['/.well-known/openid-configuration', '/.well-known/jwks'])
  await issuer.rotate()
  expect(await login()).toBe(200)
  expect(issuer.requests).toHaveLength(4)
})

test('an issuer that cannot be reached, or that calls itself otherwise, is not trusted', async () => {
  const { issuer, workspace } = await startPair(ofPrincipal)
  const token = await issuer.sign({ sub: subject, aud: 'first' })
  await issuer.close()
  expect((await exchange(workspace, token, applicationId)).status).toBe(400)

  const honest = later(await startIssuer({ now: clock.now }))
  const renamed = later(
    await scratch(() => ({ issuer: 'http://somebody.else', jwks_uri: `${honest.url}/.well-known/jwks` })),
  )
  const policies = ofPrincipal({ url: renamed.origin })
  const other = later(await startWorkspace({ policies, principals, now: clock.now }))
  const signed = await honest.sign({ iss: renamed.origin, sub: subject, aud: 'first' })
  expect((await exchange(other, signed, applicationId)).status).toBe(400)
  expect(other.exchanges.at(-1)?.reason).toContain('somebody.else')
})
