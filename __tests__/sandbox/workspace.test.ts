import { afterEach, expect, test } from 'vitest'
import { settableClock } from '../../sandbox/clock.ts'
import { startIssuer } from '../../sandbox/issuer.ts'
import { startWorkspace, type WorkspaceOptions } from '../../sandbox/workspace.ts'
import { answerOf, call, cleanUp, exchange, later } from './support.ts'

afterEach(cleanUp)

const applicationId = '0f8fad5b-d9cb-469f-a165-70867728950e'
const principal = { kind: 'service-principal', applicationId, displayName: 'deploy' } as const
const mePath = '/api/2.0/preview/scim/v2/Me'

async function logIn(options: Partial<WorkspaceOptions> = {}) {
  const clock = settableClock(1_800_000_000)
  const issuer = later(await startIssuer({ now: clock.now }))
  const policy = { kind: 'service-principal', applicationId, issuer: issuer.url, subject: 'me' } as const
  const workspace = later(
    await startWorkspace({ policies: [policy], principals: [principal], now: clock.now, ...options }),
  )
  const subjectToken = await issuer.sign({ sub: 'me', aud: workspace.accountId })
  const { json } = await exchange(workspace, subjectToken, applicationId)
  return { clock, issuer, workspace, subjectToken, token: String(json['access_token']) }
}

const read = async (address: string) => answerOf(await fetch(address))

// databricks.md 1.3: the keys of the recorded document, in its order.
const recordedKeys = [
  'authorization_endpoint',
  'token_endpoint',
  'issuer',
  'jwks_uri',
  'scopes_supported',
  'response_types_supported',
  'response_modes_supported',
  'grant_types_supported',
  'code_challenge_methods_supported',
  'token_endpoint_auth_methods_supported',
  'subject_types_supported',
  'id_token_signing_alg_values_supported',
  'claims_supported',
  'request_uri_parameter_supported',
]

test('the metadata documents are shaped like the recorded ones', async () => {
  const workspace = later(await startWorkspace({ policies: [], principals: [] }))
  const { host } = workspace
  const metadata = await read(`${host}/oidc/.well-known/oauth-authorization-server`)

  expect(metadata.status).toBe(200)
  expect(Object.keys(metadata.json)).toEqual(recordedKeys)
  expect(metadata.json).toMatchObject({
    issuer: `${host}/oidc`,
    token_endpoint: `${host}/oidc/v1/token`,
    grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
  })
  expect((await read(`${host}/oidc/.well-known/openid-configuration`)).json).toEqual(metadata.json)
  expect((await read(`${host}/.well-known/databricks-config`)).json).toEqual({
    oidc_endpoint: `${host}/oidc`,
    account_id: workspace.accountId,
    workspace_id: workspace.workspaceId,
    cloud: 'AWS',
    host_type: 'workspace',
    token_federation_default_oidc_audiences: [`${host}/oidc/v1/token`],
  })
})

test('the published keys verify an access token', async () => {
  const { workspace, token } = await logIn()
  const { createRemoteJWKSet, jwtVerify } = await import('jose')
  const { json } = await read(`${workspace.host}/oidc/.well-known/oauth-authorization-server`)
  const keys = createRemoteJWKSet(new URL(String(json['jwks_uri'])))
  const { payload } = await jwtVerify(token, keys, {
    issuer: String(json['issuer']),
    currentDate: new Date(1.8e12),
  })
  expect(payload.sub).toBe(applicationId)
})

test('SCIM Me names the service principal by its application id', async () => {
  const { workspace, token } = await logIn()
  const me = await call(workspace, mePath, token)
  expect(me.status).toBe(200)
  expect(me.json).toMatchObject({
    userName: applicationId,
    displayName: 'deploy',
    active: true,
    id: expect.stringMatching(/^\d+$/),
  })
  expect(me.headers.get('x-databricks-org-id')).toBe(workspace.workspaceId)
})

test('a token is refused in its last 30 seconds, with the words of Databricks', async () => {
  const { clock, workspace, token } = await logIn()
  clock.advance(269)
  expect((await call(workspace, mePath, token)).status).toBe(200)
  clock.advance(1)
  const refused = await call(workspace, mePath, token)
  expect(refused.status).toBe(403)
  expect(refused.json).toEqual({
    error_code: '403',
    message: 'Token is expiring within 30 seconds. (token expired)',
  })
  clock.advance(3600)
  expect((await call(workspace, mePath, token)).status).toBe(403)
})

test('whatever is not a token of this workspace is refused', async () => {
  const { workspace, token, subjectToken } = await logIn()
  const other = await logIn()
  const [head, , signature] = token.split('.')
  const claims = { iss: workspace.issuer, aud: workspace.workspaceId, sub: applicationId, exp: 9e9 }
  const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`

  for (const wrong of [undefined, 'dapi0123456789', forged, subjectToken, other.token]) {
    const refused = await call(workspace, mePath, wrong)
    expect(refused.status).toBe(401)
    expect(refused.json).toEqual({ error_code: '401', message: expect.any(String) })
  }
})

test('a principal that is not in the workspace is refused, though its exchange succeeded', async () => {
  const { workspace, token } = await logIn({ members: [] })
  const refused = await call(workspace, mePath, token)
  expect(refused).toMatchObject({
    status: 403,
    json: { error_code: 403, message: `Invalid access to Org: ${workspace.workspaceId}` },
  })
})

test('a path that is no API has Databricks’ own error', async () => {
  const { workspace, token } = await logIn()
  expect(await call(workspace, '/api/2.0/unknown', token)).toMatchObject({
    status: 404,
    json: { error_code: 'ENDPOINT_NOT_FOUND' },
  })
  expect((await call(workspace, '/elsewhere', token)).status).toBe(404)
})
