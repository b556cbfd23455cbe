import { afterEach, expect, test } from 'vitest'
import type { SandboxServer } from '../../sandbox/http-server.ts'
import { federate } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { cleanUp } from '../sandbox/support.ts'
import { failureOf } from '../support/failures.ts'
import { clientId, federateWith, type Pair, startPair } from '../support/federated.ts'
import { unverifiableJwt } from '../support/jwt.ts'

afterEach(cleanUp)

const pathsOf = ({ workspace }: Pair) => workspace.requests.map(({ method, path }) => `${method} ${path}`)
const read = 'GET /oidc/.well-known/oauth-authorization-server'
const exchange = 'POST /oidc/v1/token'

test('a login holds all that later steps need, and what a renewal can ask for', async () => {
  const pair = await startPair()
  const { runner, workspace } = pair
  const { login, said, masked } = await federateWith(pair)
  const { accessToken, ...rest } = await login()
  const [exchanged] = workspace.exchanges
  expect(accessToken).toBe(exchanged?.accessToken)
  expect(rest).toEqual({
    host: { kind: 'workspace', origin: workspace.host, serverHostname: workspace.host.slice(7) },
    workspaceId: undefined,
    identityProvider: 'other',
    subject: runner.claims.sub,
    expiresAt: exchanged?.expiresAt,
    scope: 'all-apis',
    exchanged: true,
    audience: workspace.accountId,
  })
  expect(pathsOf(pair)).toEqual([read, exchange])
  expect(runner.requests).toHaveLength(1)
  expect(masked).toEqual([exchanged?.form['subject_token'], accessToken])
  expect(said).toEqual([])
})

test('GitHub and the host are asked at the same time', async () => {
  const pair = await startPair()
  const servers = [pair.runner.server, pair.workspace.server]
  const { promise: both, resolve } = Promise.withResolvers<void>()
  const arrived = new Set<SandboxServer>()
  // Each holds its answer back until both were asked: one after the other would never end.
  for (const server of servers) {
    server.before = (raw, response) => {
      if (raw.method !== 'GET') return false
      arrived.add(server)
      if (arrived.size === 2) resolve()
      both.then(() => {
        server.before = undefined
        response.writeHead(503).end()
      })
      return true
    }
  }
  const { login } = await federateWith(pair, { timeoutSeconds: 4 })
  await expect(login()).resolves.toMatchObject({ exchanged: true })
})

test('a host without metadata is logged in to at its fixed endpoint, with warnings', async () => {
  const pair = await startPair()
  pair.workspace.server.before = (raw, response) => {
    if (raw.method === 'GET') response.writeHead(404).end()
    return raw.method === 'GET'
  }
  const { login, said } = await federateWith(pair)
  await expect(login()).resolves.toMatchObject({ exchanged: true })
  expect(said.map((line) => line.split(':')[0])).toEqual(['warning', 'warning'])
})

test('the next audience has an ID token of its own, and a notice names it', async () => {
  const pair = await startPair(['none'])
  const { workspace, runner } = pair
  const { login } = await federateWith(pair)
  const failure = await failureOf(login)
  expect(failure).toMatchObject({
    code: 'EXCHANGE_REFUSED',
    serverText: expect.stringMatching(/^invalid_grant: The subject token is invalid: /),
  })
  expect(failure.message).toMatch(/^Token exchange: 127\.0\.0\.1:\d+ answered 400\.$/)
  expect('refused' in failure && failure.refused).toMatchObject([
    { claims: { aud: [workspace.accountId], sub: runner.claims.sub }, status: 400, error: 'invalid_grant' },
    { claims: { aud: [workspace.tokenEndpoint], sub: runner.claims.sub }, status: 400, error: 'invalid_grant' },
  ])
  expect(workspace.exchanges.map(({ form }) => form['client_id'])).toEqual([clientId, clientId])
  expect(new Set(workspace.exchanges.map(({ form }) => form['subject_token'])).size).toBe(2)
  expect(runner.requests.map(({ url }) => url.searchParams.get('audience'))).toEqual([
    workspace.accountId,
    workspace.tokenEndpoint,
  ])
})

test('a refusal of one audience holds one', async () => {
  const { login } = await federateWith(await startPair(['other']), { audience: 'mine' })
  expect(await failureOf(login)).toMatchObject({ refused: [{ claims: { aud: ['mine'] } }] })
})

test('the audience that worked is told, and goes with the login', async () => {
  const tokenEndpoints: string[] = []
  const pair = await startPair(tokenEndpoints)
  tokenEndpoints.push(pair.workspace.tokenEndpoint)
  const { login, said } = await federateWith(pair)
  expect(await login()).toMatchObject({ audience: pair.workspace.tokenEndpoint })
  const [accountId, endpoint] = [pair.workspace.accountId, pair.workspace.tokenEndpoint]
  expect(said).toEqual([
    `info: The audience ${accountId} was refused; trying ${endpoint}.`,
    `notice: The audience ${endpoint} was accepted. Set it as the input audience to save requests.`,
  ])
})

test('account-wide federation: no client id, and the policy of the account', async () => {
  const pair = await startPair()
  const { issuer, claims } = pair.runner
  const policies = [{ kind: 'account', issuer: issuer.url, subjectClaim: 'actor' }] as const
  const principals = [{ kind: 'user', userName: claims.actor }] as const
  const wide = await startPair(undefined, { issuer }, { policies, principals })
  const { login } = await federateWith(wide, { clientId: undefined })
  await expect(login()).resolves.toMatchObject({ exchanged: true })
  expect(wide.workspace.exchanges[0]?.form).not.toHaveProperty('client_id')
})

test('a token that lives too short fails the login', async () => {
  const { login } = await federateWith(await startPair(undefined, { tokenSeconds: 40 }))
  expect(await failureOf(login)).toMatchObject({ code: 'TOKEN_TOO_SHORT' })
})

test('the runner’s own ID token is never the result, not even where its issuer is the host', async () => {
  const pair = await startPair()
  const issuer = pair.workspace.issuer
  const own = await pair.runner.issuer.sign({ iss: issuer, sub: 'me', aud: 'x' })
  pair.runner.server.before = (_raw, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: own }))
    return true
  }
  const { login } = await federateWith(pair, { audience: 'x' })
  expect(await failureOf(login)).toMatchObject({ code: 'EXCHANGE_REFUSED' })
})

test('a given token goes without the runner, and its login has no audience to renew', async () => {
  const pair = await startPair()
  const { runner, workspace } = pair
  const subjectToken = await runner.issuer.sign({ sub: runner.claims.sub, aud: workspace.accountId })
  const { login, masked } = await federateWith(pair, { subjectToken })
  const found = await login()
  expect(found).toMatchObject({ exchanged: true, subject: runner.claims.sub })
  expect(found).not.toHaveProperty('audience')
  expect(runner.requests).toHaveLength(0)
  expect(masked).toEqual([found.accessToken])
})

test('the original token, where it is wanted, is a login with its own expiry', async () => {
  const pair = await startPair(['another'])
  const { runner } = pair
  const exp = Math.floor(Date.now() / 1000) + 1000
  const subjectToken = await runner.issuer.sign({ sub: 'me', aud: 'x', exp })
  const { login, said } = await federateWith(pair, { subjectToken, onExchangeFailure: 'use_subject_token' })
  expect(await login()).toMatchObject({ accessToken: subjectToken, expiresAt: exp, exchanged: false })
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^warning: Token exchange: .* answered 400/s)
  expect(said[0]).toContain(`The original token of ${runner.issuer.url} is handed on`)
})

test('the original token, on a unified host, keeps the workspace that the host named', async () => {
  const origin = 'https://spog.databricks.com'
  const server = `${origin}/oidc`
  const documents: Record<string, object> = {
    '/.well-known/databricks-config': { oidc_endpoint: server, workspace_id: '6051921418418893' },
    '/oidc/.well-known/oauth-authorization-server': { issuer: server, token_endpoint: `${server}/v1/token` },
  }
  const iss = 'https://login.microsoftonline.com/5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495/v2.0'
  const subjectToken = unverifiableJwt({ iss, sub: 'me', aud: 'x', exp: Math.floor(Date.now() / 1000) + 1000 })
  const login = await federate(
    { host: parseHost(origin), subjectToken, scope: 'sql', onExchangeFailure: 'use_subject_token', timeoutSeconds: 9 },
    {
      send: async (make) => {
        const request = await make()
        const document = documents[request.url.pathname]
        const body = JSON.stringify(document ?? { error: 'invalid_grant' })
        return { request, status: document === undefined ? 400 : 200, contentType: 'application/json', body }
      },
      requestIdToken: () => Promise.reject(new Error('nobody asks the runner')),
      mask: () => undefined,
      info: () => undefined,
      notice: () => undefined,
      warning: () => undefined,
      now: () => Date.now() / 1000,
    },
  )
  expect(login).toMatchObject({ accessToken: subjectToken, exchanged: false, workspaceId: '6051921418418893' })
})
