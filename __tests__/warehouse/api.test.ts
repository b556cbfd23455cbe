import { afterEach, describe, expect, test } from 'vitest'
import { type Answer, type Interceptor, type ReceivedRequest, serve } from '../../sandbox/http-server.ts'
import { openApi } from '../../src/warehouse/api.ts'
import { CHUNK, readChunk } from '../../src/warehouse/statement-response.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf, failureOf } from '../support/failures.ts'

afterEach(cleanUp)

const pending: Answer = { status: 200, json: { statement_id: 'id-1', status: { state: 'PENDING' } } }
const refusal = (status: number, message: string, headers = {}): Answer => ({
  status,
  headers,
  json: { error_code: 'X', message },
})

/** An API that gives these answers, one a request; the last one again and again. */
async function apiWith(answers: readonly Answer[], before?: Interceptor) {
  let asked = 0
  const server = later(await serve(() => answers[Math.min(asked++, answers.length - 1)] ?? pending))
  server.before = before
  const tokens: (string | undefined)[] = []
  const token = async (refused?: string) => {
    tokens.push(refused)
    return `token-${tokens.length}`
  }
  const send = connect({ timeoutSeconds: 4 })
  const api = openApi({ origin: server.origin, workspaceId: undefined, send, sendFresh: send, token })
  return { api, server, tokens }
}

const request = { statement: 'SELECT 1', warehouse_id: 'w' }

describe('a start is sent once', () => {
  test.each<[string, Answer, string]>([
    ['a 500', refusal(500, 'm'), 'STATEMENT_UNCERTAIN'],
    ['a 502', refusal(502, 'm'), 'STATEMENT_UNCERTAIN'],
    ['a 503 of something in between', { status: 503, text: 'no' }, 'STATEMENT_UNCERTAIN'],
    ['a 408', refusal(408, 'm'), 'STATEMENT_UNCERTAIN'],
    ['a 501', refusal(501, 'm'), 'STATEMENT_UNCERTAIN'],
    ['a redirect', { status: 307, headers: { location: '/x' } }, 'STATEMENT_UNCERTAIN'],
    ['an answer that is no JSON', { status: 200, text: 'x' }, 'STATEMENT_UNCERTAIN'],
    ['an answer without an id', { status: 200, json: { status: { state: 'PENDING' } } }, 'STATEMENT_UNCERTAIN'],
    ['an id that is a path', { status: 200, json: { statement_id: '../x', status: {} } }, 'STATEMENT_UNCERTAIN'],
    ['a 400', refusal(400, 'm'), 'STATEMENT_REFUSED'],
    ['a 403', refusal(403, 'not authorized'), 'WAREHOUSE_REFUSED'],
    ['a 404', refusal(404, 'm'), 'WAREHOUSE_REFUSED'],
  ])('after %s', async (_, answer, code) => {
    const { api, server } = await apiWith([answer, pending])
    expect(await codeOf(() => api.start(request))).toBe(code)
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, Interceptor]>([
    ['a connection that breaks off', (raw) => raw.socket.destroy() !== undefined],
    [
      'an answer that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{')
        setTimeout(() => response.destroy(), 20)
        return true
      },
    ],
    ['silence', () => true],
  ])('after %s', async (_, before) => {
    const { api, server } = await apiWith([], before)
    const failure = await failureOf(() => api.start(request))
    expect([failure.code, failure.message]).toEqual(['STATEMENT_UNCERTAIN', expect.stringContaining('may run')])
    expect(server.requests).toHaveLength(1)
  })
})

describe('a start is sent again where no warehouse has seen it', () => {
  test.each<[string, Answer]>([
    ['a 429', refusal(429, 'm')],
    ['a 503 that asks to wait', { status: 503, text: '', headers: { 'retry-after': '1' } }],
    ['a 503 of Databricks', refusal(503, 'm')],
    ['a token that is refused', refusal(401, 'Invalid Token')],
    ['a token that has ended', refusal(403, 'Token is expiring within 30 seconds. (token expired)')],
  ])('after %s', async (_, answer) => {
    const { api, server } = await apiWith([answer, pending])
    expect(await api.start(request)).toMatchObject({ id: 'id-1', state: 'PENDING' })
    expect(server.requests).toHaveLength(2)
  })

  test('and where none could, the failure is that of the network', async () => {
    const { api, server } = await apiWith([pending])
    server.shut()
    expect(await codeOf(() => api.start(request))).toBe('NETWORK_FAILED')
  })

  test('with a fresh token once, and no more', async () => {
    const { api, server, tokens } = await apiWith([refusal(401, 'Invalid Token')])
    expect(await codeOf(() => api.start(request))).toBe('STATEMENT_REFUSED')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(tokens).toEqual([undefined, 'token-1'])
  })
})

test('each request has a token of its own, and on a unified host the id of the workspace', async () => {
  const server = later(await serve(() => pending))
  let count = 0
  const token = async () => `token-${++count}`
  const send = connect()
  const api = openApi({ origin: server.origin, workspaceId: '42', send, sendFresh: send, token })
  await api.start(request)
  await api.read('id-1')
  const told = (name: string) => server.requests.map(({ headers }: ReceivedRequest) => headers[name])
  expect(told('authorization')).toEqual(['Bearer token-1', 'Bearer token-2'])
  expect(told('x-databricks-workspace-id')).toEqual(['42', '42'])
})

const succeeded = (result: object, id = 'id-1'): Answer => ({
  status: 200,
  json: {
    statement_id: id,
    status: { state: 'SUCCEEDED' },
    manifest: { schema: { columns: [{ name: 'a', type_name: 'INT' }] }, total_row_count: 1 },
    result,
  },
})

test.each<[string, Answer, string]>([
  ['of another statement', succeeded({}, 'id-2'), 'RESULT_INVALID'],
  ['in no known state', { status: 200, json: { statement_id: 'id-1', status: { state: 'X' } } }, 'RESULT_INVALID'],
  ['with another chunk', succeeded({ chunk_index: 1, data_array: [] }), 'RESULT_INVALID'],
  ['that leaves a chunk out', succeeded({ next_chunk_index: 2 }), 'RESULT_INVALID'],
  ['with a row too wide', succeeded({ data_array: [['1', '2']] }), 'RESULT_INVALID'],
  ['with a value that is no text', succeeded({ data_array: [[1]] }), 'RESULT_INVALID'],
  ['with everything', succeeded({ chunk_index: 0, data_array: [['1']], next_chunk_index: 1 }), 'none'],
])('an answer %s: %s', async (_, answer, code) => {
  const { api } = await apiWith([answer])
  const read = api.read('id-1').catch((thrown) => Promise.reject(thrown.failure))
  expect(await codeOf(() => read)).toBe(code)
})

test('the link to the next chunk is never followed', async () => {
  const evil = { next_chunk_index: 1, next_chunk_internal_link: 'http://127.0.0.1:9/elsewhere', data_array: [['1']] }
  const { api, server } = await apiWith([
    succeeded(evil),
    { status: 200, json: { chunk_index: 1, data_array: [['2']] } },
  ])
  expect((await api.read('id-1')).result?.first.next).toBe(1)
  expect(await api.chunk('id-1', 1, { members: CHUNK, read: (chunk) => readChunk(chunk, 1, 1) })).toEqual({
    rows: [['2']],
    next: undefined,
  })
  expect(server.requests.map(({ path }) => path)).toEqual([
    '/api/2.0/sql/statements/id-1',
    '/api/2.0/sql/statements/id-1/result/chunks/1',
  ])
})

test('a result may be larger than other answers', async () => {
  const large = succeeded({ data_array: [['x'.repeat(3_000_000)]] })
  const { api } = await apiWith([large])
  expect((await api.read('id-1')).result?.first.rows[0]?.[0]).toHaveLength(3_000_000)
  expect(await codeOf(() => api.listWarehouses())).toBe('ANSWER_INVALID')
})
