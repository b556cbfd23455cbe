import { afterEach, expect, test } from 'vitest'
import { type Answer, serve } from '../../sandbox/http-server.ts'
import { compareWhereabouts } from '../../src/federation/whereabouts.ts'
import { type Host, parseHost } from '../../src/host.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(cleanUp)

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
// Beyond 2^53: as a number it would be the one before it.
const workspaceId = '9007199254740993'

interface Compared {
  answer?: Answer
  given?: string | undefined
  givenWorkspace?: string
  kind?: Host['kind']
}

const json = (text: string): Answer => ({ status: 200, headers: { 'content-type': 'application/json' }, text })
const scope = (inside: string): Answer => json(`{"principal_context":{"authentication_scope":${inside}}}`)
const usual = scope(`{"account_id": "${accountId}", "workspace_id": ${workspaceId}}`)

/** Compares a token with what was given, as a server tells of it. */
async function compare({ answer = usual, given = accountId, givenWorkspace, kind = 'workspace' }: Compared) {
  const server = later(await serve(() => answer))
  const host = {
    ...parseHost(server.origin),
    kind,
    ...(givenWorkspace === undefined ? {} : { workspaceId: givenWorkspace }),
  }
  const notices: string[] = []
  const notice = (line: string) => notices.push(line)
  const question = { host, accessToken: 'a-token', accountId: given, workspaceId: givenWorkspace, notice }
  const comparing = () => compareWhereabouts(connect(), question)
  return { comparing, notices, requests: server.requests }
}

test('account and workspace that were given are those of the token', async () => {
  const { comparing, notices, requests } = await compare({
    given: accountId.toUpperCase(),
    givenWorkspace: workspaceId,
  })
  await comparing()
  expect(notices).toEqual([])
  expect(requests.map(({ method, path }) => [method, path])).toEqual([['GET', '/api/2.0/tokens/introspect']])
  expect(requests[0]?.headers.authorization).toBe('Bearer a-token')
  expect(requests[0]?.headers).not.toHaveProperty('x-databricks-workspace-id')
})

test('a unified host is told which workspace is meant', async () => {
  const { comparing, requests } = await compare({ kind: 'unified', givenWorkspace: workspaceId })
  await comparing()
  expect(requests[0]?.headers).toMatchObject({ 'x-databricks-workspace-id': workspaceId })
})

test('a workspace id that differs in its last digit is another one', async () => {
  const { comparing } = await compare({ givenWorkspace: '9007199254740992' })
  const { code, message } = await failureOf(comparing)
  expect(code).toBe('VERIFY_ELSEWHERE')
  expect(message).toBe('The new token is for the workspace 9007199254740993, and 9007199254740992 was given.')
})

test('another account is another one', async () => {
  const { comparing } = await compare({ given: '0f8fad5b-d9cb-469f-a165-70867728950e' })
  expect((await failureOf(comparing)).code).toBe('VERIFY_ELSEWHERE')
})

test('where nothing was given nothing is asked', async () => {
  const { comparing, requests } = await compare({ given: '' })
  const nothing = compareWhereabouts(connect(), {
    host: parseHost('https://dbc-1.cloud.databricks.com'),
    accessToken: 'a-token',
    notice: () => undefined,
    accountId: undefined,
    workspaceId: undefined,
  })
  await nothing
  expect(requests).toEqual([])
  expect(comparing).toBeTypeOf('function')
})

test.each<[string, Answer]>([
  ['404', { status: 404, json: { message: 'No API found' } }],
  ['204', { status: 204 }],
  ['403', { status: 403, json: {} }],
  ['a page', { status: 200, text: '<html></html>' }],
  ['no JSON', json('{')],
  ['no scope', json('{"principal_context":{}}')],
  ['a list', json('{"principal_context":[]}')],
])('%s is a notice', async (_, answer) => {
  const { comparing, notices } = await compare({ answer, givenWorkspace: '1' })
  await comparing()
  expect(notices).toEqual([expect.stringMatching(/^Account and workspace of the token were not compared .+\)\.$/)])
})

test('of what failed in another way the text is not told, since it may hold an address', async () => {
  const notices: string[] = []
  await compareWhereabouts(() => Promise.reject(new Error('connect http://me:secret@proxy.example')), {
    host: parseHost('https://dbc-1.cloud.databricks.com'),
    accessToken: 'a-token',
    notice: (line) => notices.push(line),
    accountId,
    workspaceId: undefined,
  })
  expect(notices).toEqual([
    expect.stringMatching(/ were not compared with those that were given \(an unknown reason\)\.$/),
  ])
})

test.each(['{}', '{"account_id":1,"workspace_id":null}', '{"account_id":"","workspace_id":""}'])(
  'what a scope of %s does not tell is not compared',
  async (inside) => {
    const { comparing, notices } = await compare({ answer: scope(inside), givenWorkspace: '1' })
    await comparing()
    expect(notices).toEqual([])
  },
)

test('digits within a text are no workspace id', async () => {
  const name = JSON.stringify({ note: '"workspace_id": 5, ', account_id: accountId, workspace_id: '7' })
  const { comparing } = await compare({ answer: scope(name), givenWorkspace: '7' })
  await comparing()
})
