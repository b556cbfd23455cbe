import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
// Loaded before an attempt needs it for a proxy. From source this takes longer than an attempt may in these tests.
import '@actions/http-client'
import { serve } from '../../sandbox/http-server.ts'
import { openConnections } from '../../src/http/connections.ts'
import type { HttpRequest } from '../../src/http/request.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

const get =
  (address: string, more: Partial<HttpRequest> = {}) =>
  (): HttpRequest => ({ purpose: 'Request', method: 'GET', url: new URL(address), ...more })

test('requests to one origin share a connection', async () => {
  const server = later(await serve(() => ({ status: 200, json: {} })))
  const send = connect()
  await send(get(`${server.origin}/metadata`))
  await send(get(`${server.origin}/token`, { method: 'POST', body: 'a=b' }))
  expect(server.requests.map(({ connection, method, body }) => [connection, method, body])).toEqual([
    [1, 'GET', ''],
    [1, 'POST', 'a=b'],
  ])
})

test('a request says who asks, and that it takes JSON', async () => {
  const server = later(await serve(() => ({ status: 200, json: {} })))
  await connect({ userAgent: 'databricks-token-action/1.0.0' })(get(server.origin))
  expect(server.requests[0]?.headers).toMatchObject({
    'user-agent': 'databricks-token-action/1.0.0',
    accept: 'application/json',
  })
  expect(server.requests[0]?.headers).not.toHaveProperty('accept-encoding')
})

test('the runner’s orchestration id is told to nobody', async () => {
  vi.stubEnv('ACTIONS_ORCHESTRATION_ID', 'job-4711')
  const server = later(await serve(() => ({ status: 200, json: {} })))
  await connect({ userAgent: 'databricks-token-action/1.0.0' })(get(server.origin))
  expect(server.requests[0]?.headers['user-agent']).toBe('databricks-token-action/1.0.0')
})

test('the request is made anew for each attempt, and the answer names the one that it is for', async () => {
  let answers = 0
  const server = later(await serve(() => ({ status: answers++ < 2 ? 503 : 200 })))
  let made = 0
  const answer = await connect()(async () => get(server.origin, { method: 'POST', body: `attempt=${++made}` })())
  expect(answer.request.body).toBe('attempt=3')
  expect(server.requests.map((request) => request.body)).toEqual(['attempt=1', 'attempt=2', 'attempt=3'])
})

test('debug lines show the way of each attempt, and nothing that could be a secret', async () => {
  let answers = 0
  const server = later(await serve(() => ({ status: answers++ === 0 ? 503 : 200, text: 'in the body' })))
  const lines: string[] = []
  const headers = { authorization: 'Bearer in-a-header' }
  await connect({ debug: (line) => lines.push(line) })(get(`${server.origin}/path?in=the-query`, { headers }))
  expect(lines.map((line) => line.replace(/\d+ ms/, 'n ms'))).toEqual([
    `GET 127.0.0.1:${server.port}/path 503 n ms (attempt 1)`,
    `GET 127.0.0.1:${server.port}/path 200 n ms (attempt 2)`,
  ])
})

test('a redirect names the host that it leads to, and no more', async () => {
  const location = 'https://user:password@other.example:8443/path?code=secret#part'
  const server = later(await serve(() => ({ status: 307, headers: { location } })))
  const { code, message } = await failureOf(() => connect()(get(server.origin)))
  expect(code).toBe('REDIRECTED')
  expect(message).toContain('a redirect to other.example. It was not followed.')
  expect(message).not.toMatch(/user|password|8443|path|secret|part/)
})

test.each([undefined, 'javascript:alert(1)', 'http://', ''])('a redirect to %s', async (location) => {
  const headers: Record<string, string> = location === undefined ? {} : { location }
  const server = later(await serve(() => ({ status: 302, headers })))
  const { message } = await failureOf(() => connect()(get(server.origin)))
  expect(message).toMatch(/a redirect to nowhere readable\. It was not followed\.$/)
})

const LIMIT = 1024 * 1024

test.each([
  [LIMIT, 'is read'],
  [LIMIT + 1, 'is refused'],
])('a body of %i bytes %s', async (size) => {
  const server = later(await serve(() => ({ status: 200, text: 'x'.repeat(size) })))
  const answer = connect()(get(server.origin))
  if (size > LIMIT) expect((await failureOf(() => answer)).message).toContain('larger than 1 MiB')
  else expect((await answer).body).toHaveLength(LIMIT)
})

test('a fault counts, whatever its body is', async () => {
  let answers = 0
  const faulty = { status: 503, headers: { 'content-encoding': 'gzip' }, text: 'no gzip at all' }
  const server = later(await serve(() => (answers++ === 0 ? faulty : { status: 200, text: 'fine' })))
  expect((await connect()(get(server.origin))).body).toBe('fine')
})

test('without time left nothing is sent', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const { code, message } = await failureOf(() => connect()(get(server.origin), 0))
  expect([code, message]).toEqual(['TIMED_OUT', `Request: no time is left to ask 127.0.0.1:${server.port}.`])
  expect(server.requests).toEqual([])
})

test('closing ends requests and waits that are under way, and every socket', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => sockets.push(socket.on('error', () => undefined)))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const busy = later(await serve(() => ({ status: 503, headers: { 'retry-after': '15' } })))
  const told: string[] = []
  const { send, close } = openConnections({
    userAgent: 'test',
    timeoutSeconds: 60,
    debug: () => undefined,
    info: (line) => told.push(line),
  })
  const ended = Promise.all(
    [`http://127.0.0.1:${port}`, busy.origin].map((origin) => failureOf(() => send(get(origin)))),
  )
  const accepted = sockets.length > 0 ? undefined : once(silent, 'connection')
  await accepted
  while (told.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const closed = Promise.all(sockets.map((socket) => once(socket.resume(), 'close')))
  close()
  expect((await ended).map(({ code }) => code)).toEqual(['INTERRUPTED', 'INTERRUPTED'])
  await closed
  expect(told).toHaveLength(1)
  // Nor is anything sent afterwards.
  expect((await failureOf(() => send(get(busy.origin)))).code).toBe('INTERRUPTED')
  expect(busy.requests).toHaveLength(1)
  silent.close()
})

test('a proxy that never answers is left when the attempt ends', async () => {
  const asked: Promise<unknown>[] = []
  const proxy = createServer((socket) => {
    asked.push(once(socket.on('error', () => undefined).resume(), 'close'))
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  for (const name of ['https_proxy', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, undefined)
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`)
  const send = connect({ timeoutSeconds: 0.4 })
  expect((await failureOf(() => send(get('https://host.example/')))).code).toBe('TIMED_OUT')
  expect(asked.length).toBeGreaterThan(1)
  await Promise.all(asked)
  proxy.close()
})

test('an IPv6 address is a host like any other', async (context) => {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine'))
  })
  server.listen(0, '::1')
  // Not every machine has it.
  const listens = await once(server, 'listening').then(
    () => true,
    () => false,
  )
  context.skip(!listens, 'no IPv6 here')
  const { port } = server.address() as AddressInfo
  expect((await connect()(get(`http://[::1]:${port}/`))).body).toBe('fine')
  server.close()
})
