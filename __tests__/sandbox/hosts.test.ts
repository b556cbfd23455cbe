import { afterEach, expect, test } from 'vitest'
import { startIssuer } from '../../sandbox/issuer.ts'
import type { HostKind } from '../../sandbox/metadata-documents.ts'
import { startWorkspace } from '../../sandbox/workspace.ts'
import { answerOf, call, cleanUp, exchange, exchangeForm, later, post } from './support.ts'

afterEach(cleanUp)

const applicationId = '0f8fad5b-d9cb-469f-a165-70867728950e'
const principal = { kind: 'service-principal', applicationId } as const
const mePath = '/api/2.0/preview/scim/v2/Me'

async function startHost(kind: HostKind) {
  const issuer = later(await startIssuer())
  const policy = { kind: 'service-principal', applicationId, issuer: issuer.url, subject: 'me' } as const
  const workspace = later(await startWorkspace({ kind, policies: [policy], principals: [principal] }))
  const subjectToken = await issuer.sign({ sub: 'me', aud: workspace.accountId })
  return { workspace, subjectToken }
}

const read = async (address: string) => answerOf(await fetch(address))

test('the account console publishes its account’s authorization server, and no other', async () => {
  const { workspace } = await startHost('account')
  const { host, accountId } = workspace
  expect((await read(`${host}/.well-known/databricks-config`)).json).toEqual({
    oidc_endpoint: `${host}/oidc/accounts/{account_id}`,
    cloud: 'AWS',
    host_type: 'account',
  })
  const root = `${host}/oidc/accounts/${accountId}`
  expect(workspace.issuer).toBe(root)
  for (const document of ['oauth-authorization-server', 'openid-configuration']) {
    expect((await read(`${root}/.well-known/${document}`)).json).toMatchObject({
      issuer: root,
      token_endpoint: `${root}/v1/token`,
    })
  }
  for (const path of ['/oidc', `/oidc/accounts/${applicationId}`]) {
    expect((await read(`${host}${path}/.well-known/oauth-authorization-server`)).status).toBe(404)
    expect((await post(`${host}${path}/v1/token`, exchangeForm)).status).toBe(404)
  }
})

test('a token of the account console opens account APIs', async () => {
  const { workspace, subjectToken } = await startHost('account')
  const { json } = await exchange(workspace, subjectToken, applicationId)
  const path = `/api/2.0/accounts/${workspace.accountId}/workspaces`
  const listed = await call(workspace, path, String(json['access_token']))
  expect(listed.status).toBe(200)
  expect(listed.json).toMatchObject([{ workspace_id: Number(workspace.workspaceId) }])
  expect((await call(workspace, mePath, String(json['access_token']))).status).toBe(404)
})

test('a unified host leaves the account id to be filled in', async () => {
  const { workspace } = await startHost('unified')
  const { host, accountId } = workspace
  expect((await read(`${host}/.well-known/databricks-config`)).json).toEqual({
    oidc_endpoint: `${host}/oidc/accounts/{account_id}`,
    account_id: accountId,
    workspace_id: workspace.workspaceId,
    cloud: 'AWS',
    host_type: 'unified',
    token_federation_default_oidc_audiences: [accountId],
  })
  expect(workspace.tokenEndpoint).toBe(`${host}/oidc/accounts/${accountId}/v1/token`)
})

test('a unified host wants to be told the workspace', async () => {
  const { workspace, subjectToken } = await startHost('unified')
  const { json } = await exchange(workspace, subjectToken, applicationId)
  const token = String(json['access_token'])
  const named = (org: string) => call(workspace, mePath, token, undefined, { 'x-databricks-org-id': org })

  expect(await named(workspace.workspaceId)).toMatchObject({ status: 200, json: { userName: applicationId } })
  expect((await call(workspace, `${mePath}?o=${workspace.workspaceId}`, token)).status).toBe(200)
  expect(await named('12')).toMatchObject({ status: 403, json: { message: 'Invalid access to Org: 12' } })

  const headers = { authorization: `Bearer ${token}` }
  const page = await fetch(workspace.server.origin + mePath, { headers })
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await page.text()).toContain('Sign In')
})

test('the account-agnostic token of a unified host is an Invalid Token', async () => {
  const { workspace, subjectToken } = await startHost('unified')
  const metadata = await read(`${workspace.host}/oidc/.well-known/oauth-authorization-server`)
  const form = { ...exchangeForm, subject_token: subjectToken, client_id: applicationId }
  const { status, json } = await post(String(metadata.json['token_endpoint']), form)
  expect(status).toBe(200)
  expect(workspace.exchanges[0]?.issuer).toBe(`${workspace.host}/oidc`)

  const token = String(json['access_token'])
  const headers = { 'x-databricks-org-id': workspace.workspaceId }
  expect(await call(workspace, mePath, token, undefined, headers)).toMatchObject({
    status: 401,
    json: { message: 'Invalid Token' },
  })
})

test('two workspaces of one account don’t accept each other’s tokens', async () => {
  const issuer = later(await startIssuer())
  const policy = { kind: 'service-principal', applicationId, issuer: issuer.url, subject: 'me' } as const
  const common = { policies: [policy], principals: [principal] }
  const first = later(await startWorkspace(common))
  const second = later(await startWorkspace({ ...common, workspaceId: '77' }))
  const subjectToken = await issuer.sign({ sub: 'me', aud: first.accountId })
  const { json } = await exchange(second, subjectToken, applicationId)
  const token = String(json['access_token'])

  expect((await call(second, mePath, token)).headers.get('x-databricks-org-id')).toBe('77')
  expect((await call(first, mePath, token)).status).toBe(401)
})

test('each issuer’s own keys count, for its own tokens alone', async () => {
  const entra = later(await startIssuer({ path: '/tenant/v2.0' }))
  const keycloak = later(await startIssuer({ path: '/realms/octo', algorithm: 'ES256' }))
  const policies = [entra, keycloak].map(({ url }) => ({ kind: 'account', issuer: url }) as const)
  const workspace = later(await startWorkspace({ policies, principals: [{ kind: 'user', userName: 'mona' }] }))
  const claims = { sub: 'mona', aud: workspace.accountId }

  for (const issuer of [entra, keycloak]) {
    expect((await exchange(workspace, await issuer.sign(claims))).status).toBe(200)
  }
  const impostor = await entra.sign({ ...claims, iss: keycloak.url })
  expect((await exchange(workspace, impostor)).status).toBe(400)
})

test('documents and tokens name the host by its public name', async () => {
  const workspace = later(
    await startWorkspace({ policies: [], principals: [], publicUrl: 'https://adb-1.2.azuredatabricks.net' }),
  )
  const { json } = await read(`${workspace.server.origin}/oidc/.well-known/oauth-authorization-server`)
  expect(json).toMatchObject({
    issuer: 'https://adb-1.2.azuredatabricks.net/oidc',
    token_endpoint: 'https://adb-1.2.azuredatabricks.net/oidc/v1/token',
    jwks_uri: 'https://adb-1.2.azuredatabricks.net/oidc/jwks.json',
  })
})
