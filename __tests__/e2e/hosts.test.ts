import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type Authority, createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { startRunner } from '../../sandbox/github-runner.ts'
import type { HostKind } from '../../sandbox/metadata-documents.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { inputsFor, loginStep, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

let authority: Authority

beforeAll(async () => {
  authority = await createAuthority()
})

/** A Databricks host under its real name: https, behind a proxy, with a certificate of an authority of its own. */
async function startHost(kind: HostKind, name: string) {
  const runner = later(await startRunner())
  const publicUrl = `https://${name}`
  const { workspace } = await startPair(
    undefined,
    { issuer: runner.issuer, claims: runner.claims },
    { kind, publicUrl, tls: await authority.issue(name) },
  )
  const proxy = later(await startConnectProxy({ routes: { [`${name}:443`]: workspace.server.port } }))
  const certificates = join(runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)
  const environment = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificates }
  return { pair: { runner, workspace }, proxy, environment }
}

const server = '/oidc/accounts/5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

test.each([
  ['workspace', 'adb-1234567890123456.7.azuredatabricks.net', ['/oidc'], ''],
  ['account', 'accounts.cloud.databricks.com', [server], ''],
  ['unified', 'spog.databricks.com', ['config', server], '6051921418418893'],
] as const)('%s: %s over https, through a proxy', async (kind, name, asked, workspaceId) => {
  const { pair, proxy, environment } = await startHost(kind, name)
  const step = await loginStep(pair, { ...inputsFor(pair), host: `${name}/?x=y` }, { environment })
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(step.outputs).toMatchObject({
    host: `https://${name}`,
    server_hostname: name,
    workspace_id: workspaceId,
    exchanged: 'true',
  })
  expect(step.env['DATABRICKS_WORKSPACE_ID']).toBe(workspaceId === '' ? undefined : workspaceId)
  expect(step.env).toMatchObject({ DATABRICKS_HOST: `https://${name}`, DATABRICKS_SERVER_HOSTNAME: name })
  const documents = asked.map((place) =>
    place === 'config' ? '/.well-known/databricks-config' : `${place}/.well-known/oauth-authorization-server`,
  )
  expect(pair.workspace.requests.map(({ path }) => path)).toEqual([...documents, `${asked.at(-1)}/v1/token`])
  expect(new Set(proxy.connects.map(({ target }) => target))).toEqual(new Set([`${name}:443`]))
})

test('a unified host tells its account: it fills in the path, and only the user makes it an audience', async () => {
  const { pair, environment } = await startHost('unified', 'spog.databricks.com')
  const { workspace, runner } = pair
  const { account_id: accountId, ...inputs } = inputsFor(pair)
  const step = await loginStep(pair, inputs, { environment })
  expect(step.exitCode).toBe(1)
  expect(workspace.exchanges.map(({ issuer }) => issuer)).toEqual([workspace.issuer])
  expect(runner.requests.map(({ url }) => url.searchParams.get('audience'))).toEqual([`${workspace.issuer}/v1/token`])
  expect(step.log).toContain(`The host says that it is ${accountId}. If that is yours, set account_id to it.`)
  const given = { ...inputs, host: `${inputs.host}/?a=${accountId}&w=4711` }
  const again = await loginStep(pair, given, { environment })
  expect(again).toMatchObject({ exitCode: 0, outputs: { workspace_id: '4711' } })
  expect(again.env).toMatchObject({ DATABRICKS_WORKSPACE_ID: '4711' })
})

test.each([
  [404, 'METADATA_REFUSED'],
  [503, 'SERVER_UNAVAILABLE'],
])('a web site under databricks.com that answers %i: no ID token is even asked for', async (status, code) => {
  const { pair, environment } = await startHost('unified', 'community.databricks.com')
  pair.workspace.server.before = (_raw, response) => {
    response.writeHead(status).end()
    return true
  }
  const step = await loginStep(pair, inputsFor(pair), { environment })
  expect(spokenLines(step).at(-1)).toContain(`(${code})::`)
  expect(pair.runner.requests).toEqual([])
  expect(pair.workspace.requests.map(({ method }) => method)).not.toContain('POST')
})

test('the host in the environment of later steps is that of the login, so a later login finds it there', async () => {
  const { pair, environment } = await startHost('account', 'accounts.cloud.databricks.com')
  const first = await loginStep(pair, undefined, { environment })
  const { account_id, ...inputs } = inputsFor(pair)
  const own = { ...environment, ...first.env, DATABRICKS_ACCOUNT_ID: account_id }
  expect((await loginStep(pair, { ...inputs, host: '' }, { environment: own })).exitCode).toBe(0)
})

test('a certificate of an authority that nobody knows: no token leaves, and the way out is told', async () => {
  const { pair, environment } = await startHost('workspace', 'ws.cloud.databricks.com')
  const alone = { ...environment, NODE_EXTRA_CA_CERTS: undefined }
  const step = await loginStep(pair, undefined, { environment: alone })
  expect(step.exitCode).toBe(1)
  expect(spokenLines(step)).toEqual([expect.stringContaining('(TLS_FAILED)::')])
  expect(step.log).toContain('set NODE_EXTRA_CA_CERTS')
  expect(pair.workspace.requests).toEqual([])
})
