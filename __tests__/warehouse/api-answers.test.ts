import { afterEach, expect, test, vi } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { type Answer, serve } from '../../sandbox/http-server.ts'
import { ActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import { openApi } from '../../src/warehouse/api.ts'
import { CHUNK } from '../../src/warehouse/statement-response.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf } from '../support/failures.ts'

afterEach(cleanUp)

async function apiWith(answer: Answer, token = async () => 'a-token', workspaceId?: string) {
  const server = later(await serve(() => answer))
  const send = connect({ timeoutSeconds: 4 })
  return { server, api: openApi({ origin: server.origin, workspaceId, send, sendFresh: send, token }) }
}

test.each([
  [
    { warehouses: [{ id: 'a', name: 'One' }, { id: 'b' }, 7] },
    [
      { id: 'a', name: 'One' },
      { id: 'b', name: '' },
    ],
  ],
  // Of no use, and no beginning of a line.
  [{ warehouses: [{ id: '::error::x', name: 'One' }, { id: 7 }, { name: 'Two' }] }, []],
  [{ warehouses: 'x', next_page_token: 7 }, []],
  [{}, []],
])('the list of warehouses %j', async (json, listed) => {
  const { api } = await apiWith({ status: 200, json })
  expect(await api.listWarehouses()).toEqual(listed)
})

test('the pages of the list are followed, and not for ever', async () => {
  const pages: Record<string, object> = {
    '': { warehouses: [{ id: 'a', name: 'One' }], next_page_token: 'b&c' },
    'b&c': { warehouses: [], next_page_token: 'd' },
    d: { warehouses: [{ id: 'e', name: 'Two' }], next_page_token: '' },
  }
  let asked = 0
  const server = later(
    await serve(({ url }) => {
      asked++
      return { status: 200, json: pages[url.searchParams.get('page_token') ?? ''] ?? { next_page_token: 'again' } }
    }),
  )
  const send = connect({ timeoutSeconds: 4 })
  const api = openApi({ origin: server.origin, workspaceId: undefined, send, sendFresh: send, token: async () => 't' })
  expect((await api.listWarehouses()).map(({ name }) => name)).toEqual(['One', 'Two'])
  pages['d'] = { next_page_token: 'for ever' }
  asked = 0
  expect(await api.listWarehouses()).toHaveLength(1)
  expect(asked).toBe(100)
})

test.each([
  [{ status: 200, json: {} }, 'none'],
  [{ status: 404, json: {} }, 'STATEMENT_REFUSED'],
])('a cancellation that is answered %j: %s', async (answer, code) => {
  const { api } = await apiWith(answer)
  expect(await codeOf(() => api.cancel('id-1', 2))).toBe(code)
})

const refusal = (status: number, message = 'm'): Answer => ({ status, json: { error_code: 'X', message } })

test.each<[string, Answer, boolean]>([
  ['a 400 of Databricks', refusal(400), false],
  ['a 404 of Databricks', refusal(404), false],
  ['a 403 of Databricks', refusal(403, 'You do not own this statement.'), false],
  ['a 403 about the address', refusal(403, 'Source IP address: 1.2.3.4 is blocked by Databricks IP ACL'), true],
  ['a 403 about the token', refusal(403, 'Invalid access token.'), true],
  ['a 401 after a new token', refusal(401), true],
  ['a 400 of something in between', { status: 400, text: 'Bad Request' }, true],
  ['a 404 of something in between', { status: 404, json: { error: 'no such page' } }, true],
  ['a 403 of something in between', { status: 403, text: '<html>' }, true],
  ['a 405', refusal(405), true],
  ['a 408', refusal(408), true],
  ['a 410', refusal(410), true],
  ['a 429', refusal(429), true],
  ['a 500', refusal(500), true],
  ['a 501', refusal(501), true],
  ['a 503', refusal(503), true],
  ['a redirect', { status: 302, headers: { location: 'https://login.example/' } }, true],
  ['HTML', { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>' }, true],
  ['JSON that is cut', { status: 200, headers: { 'content-type': 'application/json' }, text: '{"statement_' }, true],
  ['a compressed answer', { status: 200, headers: { 'content-encoding': 'gzip' }, text: 'x' }, true],
])('%s to a question, asked once, may pass: %s', async (_, answer, transient) => {
  const { api, server } = await apiWith(answer)
  for (const ask of [() => api.read('id-1'), () => api.chunk('id-1', 1, { members: CHUNK, read: () => 'a chunk' })]) {
    const fault = await ask().catch((thrown) => thrown)
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ transient, failure: { name: 'ActionError' } })
  }
  const perQuestion = /401|token/.test(_) ? 2 : 1
  expect(server.requests).toHaveLength(2 * perQuestion)
})

test('what is wrong with a chunk may pass, too, and so may a login that fails; a token that cannot be renewed does not', async () => {
  const { api } = await apiWith({ status: 200, json: {} })
  const read = () => {
    throw new TypeError('a defect of our own')
  }
  await expect(api.chunk('id-1', 1, { members: CHUNK, read })).rejects.toMatchObject({
    transient: true,
    failure: { code: 'UNEXPECTED' },
  })
  const failing = async (code: 'TIMED_OUT' | 'TOKEN_NOT_RENEWABLE') => {
    const { api: own } = await apiWith({ status: 200, json: {} }, () => Promise.reject(new ActionError(code, 'm')))
    return own.read('id-1').catch((thrown) => thrown)
  }
  expect(await failing('TIMED_OUT')).toMatchObject({ transient: true })
  expect(await failing('TOKEN_NOT_RENEWABLE')).toMatchObject({ transient: false })
})

test('a certificate that does not verify may pass, and nothing is sent before it does', async () => {
  const authority = await createAuthority()
  const server = later(await serve(() => ({ status: 200, json: {} }), { tls: await authority.issue('127.0.0.1') }))
  const send = connect()
  const api = openApi({ origin: server.origin, workspaceId: undefined, send, sendFresh: send, token: async () => 't' })
  await expect(api.read('id-1')).rejects.toMatchObject({ transient: true, failure: { code: 'TLS_FAILED' } })
  expect(server.requests).toEqual([])
})

test('a name that does not resolve may pass, and so may a proxy', async () => {
  const send = connect()
  const ask = (origin: string) =>
    openApi({ origin, workspaceId: undefined, send, sendFresh: send, token: async () => 't' }).read('id-1')
  await expect(ask('https://nowhere.invalid')).rejects.toMatchObject({
    transient: true,
    failure: { code: expect.stringMatching(/^(HOST_NOT_FOUND|NETWORK_FAILED)$/) },
  })
  vi.stubEnv('https_proxy', 'http://127.0.0.1:9')
  await expect(ask('https://host.example')).rejects.toMatchObject({
    transient: true,
    failure: { code: 'PROXY_FAILED' },
  })
  vi.unstubAllEnvs()
})

test('what a server asks to wait is told', async () => {
  const { api } = await apiWith({ status: 503, headers: { 'retry-after': '7' } })
  await expect(api.read('id-1')).rejects.toMatchObject({ retryAfterMs: 7000 })
})

test('on a unified host each request names the workspace', async () => {
  const { api, server } = await apiWith({ status: 200, json: {} }, undefined, '7')
  await api.cancel('id-1', 2)
  expect(server.requests[0]?.headers).toMatchObject({ 'x-databricks-workspace-id': '7' })
})

test('a start that fails by a defect says so, and not that the statement may run', async () => {
  const defect = new TypeError('a defect')
  const { api, server } = await apiWith({ status: 200, json: {} }, async () => {
    throw defect
  })
  await expect(api.start({ statement: 'SELECT 1', warehouse_id: 'w' })).rejects.toBe(defect)
  expect(server.requests).toEqual([])
})
