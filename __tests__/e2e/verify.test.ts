import { afterEach, expect, test } from 'vitest'
import type { Interceptor } from '../../sandbox/http-server.ts'
import type { WorkspaceOptions } from '../../sandbox/workspace.ts'
import { cleanUp } from '../sandbox/support.ts'
import { clientId, startPair } from '../support/federated.ts'
import { exportsOf, inputsFor, loginStep, nothing, requestsOf, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

const ME = 'GET /api/2.0/preview/scim/v2/Me'
const INTROSPECTION = 'GET /api/2.0/tokens/introspect'

async function verifyAt(workspace: Partial<WorkspaceOptions> = {}, before?: Interceptor, more = {}) {
  const pair = await startPair(undefined, {}, workspace)
  pair.workspace.server.before = before
  const step = await loginStep(pair, { ...inputsFor(pair), verify: 'true', ...more })
  return { pair, step }
}

const atScim =
  (status: number, body: string, type = 'application/json'): Interceptor =>
  ({ url = '' }, response) => {
    if (!url.includes('/scim/')) return false
    response.writeHead(status, { 'content-type': type }).end(body)
    return true
  }

test('who the token is, before anything is exported, and as an output', async () => {
  const { pair, step } = await verifyAt()
  expect(step).toMatchObject({ exitCode: 0, stderr: '', outputs: { principal: clientId } })
  expect(requestsOf(pair).slice(-2)).toEqual([ME, INTROSPECTION])
  const [asked] = pair.workspace.requests.slice(-2)
  expect(asked?.headers.authorization).toBe(`Bearer ${step.outputs['token']}`)
  expect(asked?.headers).not.toHaveProperty('x-databricks-workspace-id')
})

test('a principal that the token does not name is told, too', async () => {
  const opaque = { access_token: 'opaque-access-token', token_type: 'Bearer', expires_in: 300 }
  const { step } = await verifyAt({}, ({ url = '', method }, response) => {
    if (method !== 'POST' && !url.includes('/scim/')) return false
    const body = method === 'POST' ? opaque : { userName: 'me@example.com' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    return true
  })
  expect(step.outputs['principal']).toBe('me@example.com')
  expect(step.log).toContain(' as me@example.com for ')
})

test('without verify nobody asks', async () => {
  const pair = await startPair()
  expect((await loginStep(pair)).outputs['principal']).toBe('')
  expect(requestsOf(pair)).not.toContain(ME)
})

test.each([
  ['a token that the workspace does not know', 'VERIFY_UNAUTHORIZED', {}, atScim(401, '{"message":"Invalid Token"}')],
  ['a principal that is no member', 'VERIFY_FORBIDDEN', { members: [] }, undefined],
  ['an account console', 'VERIFY_NOT_FOUND', {}, atScim(404, '{"message":"No API found"}')],
  ['an answer that names nobody', 'VERIFY_INVALID', {}, atScim(200, '{"userName":""}')],
  ['an answer that is no JSON', 'VERIFY_INVALID', {}, atScim(200, '<html></html>', 'text/html')],
  ['a status that is no answer', 'VERIFY_INVALID', {}, atScim(418, '{}')],
  ['a server in trouble', 'SERVER_UNAVAILABLE', {}, atScim(503, '{}')],
] as const)('%s: %s, and nothing is exported', async (_name, code, workspace, before) => {
  const { step } = await verifyAt(workspace, before)
  expect(step.exitCode).toBe(1)
  expect(exportsOf(step)).toEqual(nothing)
  expect(step.log).toContain(`Error: ${code}`)
  expect(step.log).toContain('Verification: ')
})

const lacking = '{"error_code":403,"message":"Provided OAuth token does not have required scopes: iam"}'

test('a scope that does not allow the question is a warning, if the answer says so', async () => {
  const { step } = await verifyAt({}, atScim(403, lacking), { scope: 'sql' })
  expect(step).toMatchObject({ exitCode: 0, outputs: { principal: '', exchanged: 'true' } })
  expect(spokenLines(step)).toContainEqual(
    expect.stringMatching(/^::warning::Verification: the scope sql does not allow/),
  )
})

test.each([
  ['under all-apis', 'all-apis', lacking],
  ['where the answer is of something else', 'sql', '{"message":"Invalid access to Org: 7"}'],
])('it is an error %s', async (_name, scope, body) => {
  const { step } = await verifyAt({}, atScim(403, body), { scope })
  expect(step.exitCode).toBe(1)
  expect(step.log).toContain('VERIFY_FORBIDDEN')
})

test('an account console by its name is refused before any request', async () => {
  const { pair, step } = await verifyAt({}, undefined, { host: 'accounts.cloud.databricks.com' })
  expect(step.log).toContain('Error: INPUT_INVALID: verify: true asks a workspace who the token is')
  expect(requestsOf(pair)).toEqual([])
})

test('another workspace than the one in the URL of host: nothing is exported', async () => {
  const pair = await startPair()
  const asked = await loginStep(pair, { ...inputsFor(pair), host: `${pair.workspace.host}/?o=4711`, verify: 'true' })
  expect([asked.exitCode, exportsOf(asked)]).toEqual([1, nothing])
  expect(asked.stdout).toContain(
    `VERIFY_ELSEWHERE: The new token is for the workspace ${pair.workspace.workspaceId}, and 4711 was given.`,
  )
})

test('what the workspace does not tell of account and workspace is a notice', async () => {
  const { step } = await verifyAt({}, ({ url = '' }, response) => {
    if (!url.includes('/introspect')) return false
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
    return true
  })
  expect([step.exitCode, step.stdout]).toEqual([0, expect.stringMatching(/^::notice::Account and workspace .+404/m)])
})
