import { afterEach, expect, test } from 'vitest'
import { startRunner } from '../../sandbox/github-runner.ts'
import { type Answer, serve } from '../../sandbox/http-server.ts'
import { findIdTokenService, requestIdToken } from '../../src/runner/id-token.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf, failureOf } from '../support/failures.ts'

afterEach(cleanUp)

async function askService(answer: Answer, masked: string[] = [], query = '?api-version=2.0') {
  const server = later(await serve(() => answer))
  const service = { url: new URL(`${server.origin}/idtoken${query}`), requestToken: 'request-token' }
  const send = connect()
  const mask = (secret: string) => masked.push(secret)
  return { server, ask: (audience: string) => requestIdToken(service, { audience, send, mask }) }
}

test('the runner is asked with its own token, and its answer is masked', async () => {
  const runner = later(await startRunner())
  const masked: string[] = []
  const asked = { audience: 'an-audience', send: connect(), mask: (secret: string) => masked.push(secret) }
  const jwt = await requestIdToken(findIdTokenService(runner.environment()), asked)
  expect(masked).toEqual([jwt])
  const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({ aud: 'an-audience', sub: runner.claims.sub })
  expect(runner.requests.map(({ method }) => method)).toEqual(['GET'])
})

test.each([
  ['https://ws.cloud.databricks.com/oidc/v1/token', '?api-version=2.0'],
  ['a&b=c#d e+f%20', '?api-version=2.0'],
  ['mine', '?audience=theirs&api-version=2.0'],
  ['mine', '?audience=one&api-version=2.0&audience=two'],
  ['mine', ''],
])('the audience %j is sent encoded and alone, after %j', async (audience, query) => {
  const { server, ask } = await askService({ status: 200, json: { value: 'a.b.c' } }, [], query)
  expect(await ask(audience)).toBe('a.b.c')
  const [request] = server.requests
  expect(request?.url.searchParams.getAll('audience')).toEqual([audience])
  expect(request?.url.searchParams.get('api-version')).toBe(query === '' ? null : '2.0')
  expect(request?.headers.authorization).toBe('Bearer request-token')
})

test.each([
  [{ status: 200, json: { value: '' } }, 'ID_TOKEN_REFUSED'],
  [{ status: 200, json: { value: 7 } }, 'ID_TOKEN_REFUSED'],
  [{ status: 200, json: { count: 1 } }, 'ID_TOKEN_REFUSED'],
  [{ status: 200, json: null }, 'ANSWER_INVALID'],
  [{ status: 200, json: ['a.b.c'] }, 'ANSWER_INVALID'],
  [{ status: 200, text: 'a.b.c' }, 'ANSWER_INVALID'],
  [{ status: 201, json: { value: 'a.b.c' } }, 'ID_TOKEN_REFUSED'],
  [{ status: 400, json: {} }, 'ID_TOKEN_REFUSED'],
  [{ status: 401, json: {} }, 'ID_TOKEN_REFUSED'],
  [{ status: 404, json: {} }, 'ID_TOKEN_REFUSED'],
  [{ status: 302, headers: { location: 'https://evil.example/' } }, 'REDIRECTED'],
  [{ status: 503, json: {} }, 'SERVER_UNAVAILABLE'],
])('the answer %j: %s', async (answer, code) => {
  const masked: string[] = []
  const { ask } = await askService(answer, masked)
  expect(await codeOf(() => ask('mine'))).toBe(code)
  expect(masked).toEqual([])
})

test('a refusal keeps what the runner said, and not the request token', async () => {
  const { ask } = await askService({ status: 403, text: 'no such job' })
  const { message, serverText } = await failureOf(() => ask('mine'))
  expect(serverText).toBe('no such job')
  expect(message).toBe('GitHub answered 403 to the request for an ID token.')
})

const url = 'https://pipelines.actions.githubusercontent.com/x/idtoken?api-version=2.0'
test.each([
  [{}, 'ID_TOKEN_PERMISSION_MISSING'],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: url }, 'ID_TOKEN_PERMISSION_MISSING'],
  [{ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, 'ID_TOKEN_PERMISSION_MISSING'],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, 'ID_TOKEN_PERMISSION_MISSING'],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' }, 'ID_TOKEN_PERMISSION_MISSING'],
  [
    { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://pipelines.example/x', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' },
    'ID_TOKEN_REFUSED',
  ],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: 'no url', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, 'ID_TOKEN_REFUSED'],
  [{ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }, 'none'],
])('of the environment %j: %s', async (environment, code) => {
  expect(await codeOf(() => findIdTokenService(environment))).toBe(code)
})

test('a job without the permission is shown what to paste', async () => {
  const { advice } = await failureOf(() => findIdTokenService({}))
  expect(advice).toContain('\npermissions:\n  id-token: write\n  contents: read\n')
})

// Past loopback's own name the library would ask a proxy, in clear.
test('a trailing dot in the address does not lead to a proxy', () => {
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'http://localhost.:8080/x?y',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x',
  }
  expect(findIdTokenService(environment).url.href).toBe('http://localhost:8080/x?y')
})
