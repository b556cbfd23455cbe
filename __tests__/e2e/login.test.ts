import { afterEach, expect, test } from 'vitest'
import { USER_AGENT } from '../../src/runner/version.ts'
import { cleanUp } from '../sandbox/support.ts'
import { clientId, startPair } from '../support/federated.ts'
import { exportsOf, inputsFor, loginStep, masksOf, requestsOf, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

test('a login: three requests, two masks, one line, outputs and environment', async () => {
  const pair = await startPair()
  const { runner, workspace } = pair
  const step = await loginStep(pair)

  expect(step).toMatchObject({ exitCode: 0, conclusion: 'success', stderr: '', summary: '' })
  const [exchange] = workspace.exchanges
  const token = exchange?.accessToken ?? ''
  expect(masksOf(step)).toEqual([exchange?.form['subject_token'], token])
  const expiresAt = step.outputs['expires_at'] ?? ''
  const [line = '', ...others] = spokenLines(step)
  expect(others).toEqual([])
  expect(line.replace(/[45]\.\d minutes/, 'a few minutes')).toBe(
    `Logged in to ${workspace.host} as ${clientId} for ${runner.claims.sub} (other) until ${expiresAt} (a few minutes).`,
  )
  expect(Date.parse(expiresAt) / 1000).toBe(exchange?.expiresAt)
  const expiresIn = Number(step.outputs['expires_in'])
  expect(expiresIn).toBeGreaterThan(240)
  expect(expiresIn).toBeLessThanOrEqual(300)

  const serverHostname = workspace.host.slice('http://'.length)
  expect(step.outputs).toEqual({
    token,
    expires_at: expiresAt,
    expires_in: String(expiresIn),
    host: workspace.host,
    server_hostname: serverHostname,
    workspace_id: '',
    scope: 'all-apis',
    exchanged: 'true',
    identity_provider: 'other',
    principal: '',
  })
  expect(step.env).toEqual({
    DATABRICKS_HOST: workspace.host,
    DATABRICKS_SERVER_HOSTNAME: serverHostname,
    DATABRICKS_TOKEN: token,
    DATABRICKS_AUTH_TYPE: 'pat',
  })
})

test('metadata and exchange share a connection, and each request says who asks', async () => {
  const pair = await startPair()
  await loginStep(pair)
  const { runner, workspace } = pair
  expect(requestsOf(pair)).toEqual([
    expect.stringMatching(/^GET .*\/idtoken$/),
    'GET /oidc/.well-known/oauth-authorization-server',
    'POST /oidc/v1/token',
  ])
  expect(new Set(workspace.requests.map(({ connection }) => connection)).size).toBe(1)
  for (const { headers } of [...runner.requests, ...workspace.requests]) {
    expect(headers).toMatchObject({ 'user-agent': USER_AGENT, accept: 'application/json' })
  }
  for (const { headers } of workspace.requests) expect(headers).not.toHaveProperty('authorization')
})

test('the form of the exchange is complete, and nothing else is in it', async () => {
  const pair = await startPair()
  await loginStep(pair, { ...inputsFor(pair), scope: 'sql offline_access' })
  const [exchange] = pair.workspace.exchanges
  expect(exchange?.form).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: exchange?.form['subject_token'],
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope: 'sql offline_access',
    client_id: clientId,
  })
})

test('the host of the environment is enough, with the rest of its login', async () => {
  const pair = await startPair()
  const { host, accountId } = pair.workspace
  const environment = {
    DATABRICKS_HOST: host,
    DATABRICKS_CLIENT_ID: clientId,
    DATABRICKS_ACCOUNT_ID: accountId,
  }
  const step = await loginStep(pair, {}, { environment })
  expect(step).toMatchObject({ exitCode: 0, outputs: { host, exchanged: 'true' } })
})

test('with another host in the environment, nothing of its login is used', async () => {
  const pair = await startPair()
  const environment = {
    DATABRICKS_HOST: 'https://ws.cloud.databricks.com',
    DATABRICKS_CLIENT_ID: 'another',
    DATABRICKS_TOKEN_AUDIENCE: 'another',
  }
  const step = await loginStep(pair, { ...inputsFor(pair), export_env: 'false' }, { environment })
  expect(step.exitCode).toBe(0)
  expect(spokenLines(step)).toEqual([
    expect.stringContaining('DATABRICKS_TOKEN_AUDIENCE is not used'),
    expect.stringContaining('Logged in to'),
  ])
  expect(pair.workspace.exchanges[0]?.form['client_id']).toBe(clientId)
})

test('export_env: false gives outputs alone', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), export_env: 'false' })
  expect(step).toMatchObject({ exitCode: 0, env: {}, outputs: { exchanged: 'true' } })
})

test('token_command: none leaves PATH and state alone', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), token_command: 'none' })
  expect(exportsOf(step)).toMatchObject({ path: [], state: {}, outputs: { exchanged: 'true' } })
})

test('of tokens that name nobody the log says so', async () => {
  const pair = await startPair()
  pair.workspace.server.before = ({ url }, response) => {
    if (url !== '/oidc/v1/token') return false
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: 'an-opaque-token', token_type: 'Bearer', expires_in: 300 }))
    return true
  }
  const subjectToken = await pair.runner.issuer.sign({ aud: 'x' })
  const step = await loginStep(pair, { ...inputsFor(pair), subject_token: subjectToken })
  expect(step).toMatchObject({ exitCode: 0, outputs: { token: 'an-opaque-token' } })
  expect(spokenLines(step).at(-1)).toContain(' as a principal that the token does not name for an unnamed subject (')
})

test('account-wide federation: none as client id, and none is sent', async () => {
  const { runner } = await startPair()
  const policies = [{ kind: 'account', issuer: runner.issuer.url, subjectClaim: 'actor' }] as const
  const principals = [{ kind: 'user', userName: runner.claims.actor }] as const
  const wide = await startPair(undefined, { issuer: runner.issuer }, { policies, principals })
  for (const clientInput of [{ identity_federation_client_id: 'none' }, {}]) {
    const { host, accountId } = wide.workspace
    const step = await loginStep(wide, { host, account_id: accountId, ...clientInput })
    expect(step.exitCode).toBe(0)
    expect(spokenLines(step).join()).toContain(` as ${runner.claims.actor} for `)
  }
  expect(wide.workspace.exchanges).toHaveLength(2)
  for (const { form } of wide.workspace.exchanges) expect(form).not.toHaveProperty('client_id')
})
