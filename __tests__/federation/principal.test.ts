import { afterEach, expect, test } from 'vitest'
import { type Answer, serve } from '../../sandbox/http-server.ts'
import { askPrincipal } from '../../src/federation/principal.ts'
import { type Host, parseHost } from '../../src/host.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(cleanUp)

interface Asked {
  answer?: Answer
  kind?: Host['kind']
  workspaceId?: string | undefined
  scope?: string
}

/** Asks a server for the principal of a token, as if its host were of this kind. */
async function ask({ answer, kind = 'workspace', workspaceId, scope = 'all-apis' }: Asked) {
  const server = later(await serve(() => answer ?? { status: 200, json: { userName: 'somebody' } }))
  const host = { ...parseHost(server.origin), kind }
  const warnings: string[] = []
  const warning = (line: string) => warnings.push(line)
  const asking = () => askPrincipal(connect(), { host, accessToken: 'a-token', workspaceId, scope, warning })
  return { asking, warnings, requests: server.requests, place: server.origin.slice('http://'.length) }
}

async function refusalOf(answer: Answer, scope = 'all-apis') {
  const { asking, warnings, place } = await ask({ answer, scope })
  const { code, message, serverText } = await failureOf(asking)
  expect(warnings).toEqual([])
  return { code, message: message.replace(place, '{host}'), serverText }
}

test('the workspace is asked once, with the token in its header alone', async () => {
  const { asking, requests } = await ask({})
  expect(await asking()).toBe('somebody')
  expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['GET', '/api/2.0/preview/scim/v2/Me', ''],
  ])
  expect(requests[0]?.headers.authorization).toBe('Bearer a-token')
})

test('a unified host is told which of its workspaces is meant', async () => {
  const { asking, requests } = await ask({ kind: 'unified', workspaceId: '42' })
  expect(await asking()).toBe('somebody')
  expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer a-token', 'x-databricks-workspace-id': '42' })
})

test.each([
  ['workspace', '42'],
  ['unified', undefined],
] as const)('a %s host with the workspace id %s is asked without one', async (kind, workspaceId) => {
  const { asking, requests } = await ask({ kind, workspaceId })
  await asking()
  expect(requests[0]?.headers).not.toHaveProperty('x-databricks-workspace-id')
})

test('a name is one line of what can be printed', async () => {
  const { asking } = await ask({ answer: { status: 200, json: { userName: ' some\u202e\nbody\u0000 ' } } })
  expect(await asking()).toBe('some body')
})

test.each([
  [400, 'VERIFY_INVALID'],
  [401, 'VERIFY_UNAUTHORIZED'],
  [403, 'VERIFY_FORBIDDEN'],
  [404, 'VERIFY_NOT_FOUND'],
  [418, 'VERIFY_INVALID'],
  [501, 'VERIFY_INVALID'],
])('an answer of %d is %s, with what the server said', async (status, code) => {
  expect(await refusalOf({ status, json: { message: 'No, you are not.' } })).toEqual({
    code,
    message: `Verification: {host} answered ${status} to the new token.`,
    serverText: 'No, you are not.',
  })
})

test.each([
  ['{"error_code":"E1"}', '{"error_code":"E1"}'],
  ['{"message":{"nested":true}}', '{"message":{"nested":true}}'],
  ['null', 'null'],
  ['<html>no</html>', '<html>no</html>'],
])('of the refusal %j, %j is told', async (text, told) => {
  expect((await refusalOf({ status: 403, text })).serverText).toBe(told)
})

test.each([201, 399])('of an answer of %d, which is no error, nothing is told', async (status) => {
  const { code, serverText } = await refusalOf({ status, json: { message: 'a-token' } })
  expect([code, serverText]).toEqual([status === 201 ? 'VERIFY_INVALID' : 'REDIRECTED', undefined])
})

test.each([{}, { userName: '' }, { userName: 7 }, { userName: null }, { userName: ' \u0000\u202e\n' }])(
  'the answer %j names nobody',
  async (json) => {
    expect(await refusalOf({ status: 200, json })).toEqual({
      code: 'VERIFY_INVALID',
      message: 'Verification: the answer of {host} names nobody.',
      serverText: undefined,
    })
  },
)

test('an answer that is no JSON is refused as such', async () => {
  const { code, message } = await refusalOf({ status: 200, text: '<html></html>' })
  expect(code).toBe('VERIFY_INVALID')
  expect(message).toContain('a JSON object was expected of {host}')
})

const lacking = 'Provided OAuth token does not have required scopes: iam'

test.each([
  [401, 'sql', lacking],
  [403, 'sql', lacking],
  [403, 'sql iam', 'the SCOPE\nis missing'],
  [403, 'all-apis-not', lacking],
])('%d under the scope %s, of which the answer says %j, is a warning', async (status, scope, message) => {
  const { asking, warnings } = await ask({ answer: { status, json: { message } }, scope })
  expect(await asking()).toBeUndefined()
  expect(warnings).toEqual([
    `Verification: the scope ${scope} does not allow to ask who the token is. ${message.replace('\n', ' ')}`,
  ])
})

test.each([
  ['the token has all scopes', 403, 'all-apis', lacking, 'VERIFY_FORBIDDEN'],
  ['it has all scopes among others', 403, 'sql all-apis', lacking, 'VERIFY_FORBIDDEN'],
  ['the answer is of something else', 403, 'sql', 'Invalid access to Org: 7', 'VERIFY_FORBIDDEN'],
  ['a word only looks alike', 403, 'sql', 'telescope, scoped, scopesx', 'VERIFY_FORBIDDEN'],
  ['the status is another', 404, 'sql', lacking, 'VERIFY_NOT_FOUND'],
])('it is an error where %s', async (_name, status, scope, message, code) => {
  expect((await refusalOf({ status, json: { message } }, scope)).code).toBe(code)
})
