import { expect, test } from 'vitest'
import { tokenOf } from '../store/support.ts'
import { ask, askMetadata, askOAuth, basic, NOW, start } from './service.ts'

test('its metadata is found where it says, and names its token endpoint and what that takes', async () => {
  const service = await start()
  const { status, json } = await ask(service.discoveryUrl)
  const issuer = service.discoveryUrl.replace('/.well-known/oauth-authorization-server', '')
  expect(status).toBe(200)
  expect(json).toEqual({
    issuer,
    token_endpoint: `${issuer}/token`,
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  })
})

test.each([
  [300, 240],
  [90, 50],
])('a token of %i s is given for %i s: to the end that the metadata service tells', async (lifetime, expiresIn) => {
  const service = await start({ token: async () => tokenOf('kept', NOW, lifetime) })
  const { status, json, headers } = await askOAuth(service)
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect(json).toEqual({
    access_token: 'access-token-kept',
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope: 'all-apis',
  })
  expect((await askMetadata(service)).json['expires_on']).toBe(NOW + expiresIn)
})

const none = { authorization: undefined }
const withSecret = async (headersOf: (secret: string) => Record<string, string>, fields = {}) => {
  const service = await start()
  return askOAuth(service, fields, headersOf(service.clientSecret))
}

test('the secret decides alone, whatever the client calls itself, in HTTP Basic or in the body', async () => {
  expect((await withSecret((secret) => ({ authorization: basic('databricks-sql-jdbc', secret) }))).status).toBe(200)
  expect((await withSecret((secret) => ({ authorization: basic('', secret) }))).status).toBe(200)
  const service = await start()
  expect((await askOAuth(service, { client_secret: service.clientSecret }, none)).status).toBe(200)
  expect((await askOAuth(service, { client_id: 'any', client_secret: service.clientSecret }, none)).status).toBe(200)
})

test('HTTP Basic goes before the body', async () => {
  const service = await start()
  const right = service.clientSecret
  expect((await askOAuth(service, { client_secret: 'wrong' }, { authorization: basic('x', right) })).status).toBe(200)
  expect((await askOAuth(service, { client_secret: right }, { authorization: basic('x', 'wrong') })).status).toBe(401)
})

test.each([
  ['none', none],
  ['an empty one', { authorization: basic('x', '') }],
  ['another', { authorization: basic('x', '0'.repeat(64)) }],
  ['one that is no Basic', { authorization: 'Basic ???' }],
])('without the secret, with %s, there is no token', async (_, headers) => {
  const { status, json, headers: received } = await askOAuth(await start(), {}, headers)
  expect([status, json['error'], json['access_token']]).toEqual([401, 'invalid_client', undefined])
  expect(received['www-authenticate']).toMatch(/^Basic /)
})

test('half of the secret is not the secret', async () => {
  const halves = [(secret: string) => secret.slice(0, 32), (secret: string) => secret.slice(32)]
  for (const half of halves) {
    expect((await withSecret((secret) => ({ authorization: basic('x', half(secret)) }))).status).toBe(401)
  }
})

test.each(['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange', ''])(
  'the grant type "%s" is refused',
  async (grantType) => {
    const { status, json } = await askOAuth(await start(), { grant_type: grantType })
    expect([status, json['error']]).toEqual([400, 'unsupported_grant_type'])
  },
)

test.each([
  ['all-apis', 'sql', 200],
  ['all-apis', 'all-apis', 200],
  ['all-apis', '', 200],
  ['sql', 'all-apis', 200],
  ['files unity-catalog', 'unity-catalog', 200],
  ['files unity-catalog', 'unity-catalog sql files', 200],
  ['all-apis', 'files', 400],
  ['sql', 'sql offline_access', 400],
])('a login with the scope "%s" asked for "%s": %i, and the answer names its own', async (scope, asked, expected) => {
  const { status, json } = await askOAuth(await start({ scope }), { scope: asked })
  expect(status).toBe(expected)
  expect(json[expected === 200 ? 'scope' : 'error']).toBe(expected === 200 ? scope : 'invalid_scope')
})

test('no scope is the scope of the login', async () => {
  const { status, json } = await askOAuth(await start({ scope: 'sql' }), 'grant_type=client_credentials')
  expect([status, json['scope']]).toEqual([200, 'sql'])
})

test('a body that is no form, or has a field twice, is refused', async () => {
  const service = await start()
  const authorization = basic('x', service.clientSecret)
  const twice = 'grant_type=client_credentials&scope=sql&scope=sql'
  expect((await askOAuth(service, twice)).json['error']).toBe('invalid_request')
  const json = { authorization, 'content-type': 'application/json' }
  expect((await askOAuth(service, '{"grant_type":"client_credentials"}', json)).json['error']).toBe('invalid_request')
})

test('without a token at this time a client is told to come again, and never that its request was wrong', async () => {
  const { status, headers, json } = await askOAuth(await start({ token: async () => undefined }))
  expect([status, headers['retry-after'], json['error']]).toEqual([503, '3', 'temporarily_unavailable'])
})

test.each([
  ['42', '42', 200],
  ['42', '', 200],
  ['42', undefined, 200],
  ['', '', 200],
  ['42', '7', 400],
  ['42', '042', 400],
  ['', '42', 400],
])('of a login for %j a client that asks for %j gets %i', async (groupId, asked, expected) => {
  const { status, json } = await askOAuth(await start({ groupId }), asked === undefined ? {} : { assume_group: asked })
  expect([status, json['error']]).toEqual([expected, expected === 200 ? undefined : 'invalid_request'])
})
