import { HttpClient } from '@actions/http-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { serve } from '../../sandbox/http-server.ts'
import { attempt, parseRetryAfter } from '../../src/http/attempt.ts'
import { Fault } from '../../src/http/fault.ts'
import type { HttpRequest } from '../../src/http/request.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { failureOf } from '../support/failures.ts'

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

const open = new AbortController().signal

/** One attempt by a client of its own. */
function once(address: string, more: Partial<HttpRequest> = {}, signal = open) {
  const client = new HttpClient('test', [], { keepAlive: true, allowRedirects: false, allowRetries: false })
  later({ close: async () => client.dispose() })
  return attempt(
    client,
    { purpose: 'Request', method: 'GET', url: new URL(address), ...more },
    { signal, sending: () => undefined },
  )
}

/** The fault that an attempt ends with. */
async function faultOf(attempted: Promise<unknown>): Promise<Fault> {
  const thrown = await attempted.catch((error: unknown) => error)
  if (thrown instanceof Fault) return thrown
  throw thrown
}

test('an answer is whole: request, status, content type, body', async () => {
  const server = later(await serve(() => ({ status: 418, headers: { 'content-type': 'text/x' }, text: 'fine ✓' })))
  const { request, ...answer } = await once(server.origin, { purpose: 'This one' })
  expect(request.purpose).toBe('This one')
  expect(answer).toEqual({ status: 418, contentType: 'text/x', body: 'fine ✓', date: expect.stringMatching(/ GMT$/) })
})

test('headers of the request go beside what is accepted, and may replace it', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  await once(server.origin, { headers: { authorization: 'Bearer x' } })
  await once(server.origin, { method: 'POST', body: 'a=b', headers: { accept: 'text/plain' } })
  const [first, second] = server.requests
  expect(first?.headers).toMatchObject({ accept: 'application/json', authorization: 'Bearer x' })
  expect(second).toMatchObject({ method: 'POST', body: 'a=b', headers: { accept: 'text/plain' } })
})

test('an answer without a content type has an empty one', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  server.before = (_request, response) => {
    response.writeHead(200).end('x')
    return true
  }
  expect(await once(server.origin)).toMatchObject({ contentType: '', body: 'x' })
})

test.each([
  [429, true],
  [503, false],
])('%i is a fault with all that the retry rule asks for', async (status, limited) => {
  const headers = { 'retry-after': '7' }
  const server = later(await serve(() => ({ status, headers, text: 'busy' })))
  const { failure, ...fault } = await faultOf(once(server.origin))
  expect(fault).toMatchObject({ transient: true, status, limited, retryAfterMs: 7000 })
  expect(failure).toMatchObject({
    code: 'SERVER_UNAVAILABLE',
    message: `Request: 127.0.0.1:${server.port} answered ${status}.`,
    serverText: 'busy',
  })
})

test.each(['gzip', 'GZIP', 'br'])('an answer in %s is refused: nobody asked for it', async (encoding) => {
  const server = later(await serve(() => ({ status: 200, headers: { 'content-encoding': encoding }, text: 'x' })))
  const { code, message } = await failureOf(() => once(server.origin))
  expect([code, message]).toEqual([
    'ANSWER_INVALID',
    `Request: the answer of 127.0.0.1:${server.port} is compressed, unasked.`,
  ])
})

test.each(['identity', 'Identity'])('an answer in %s is as it is', async (encoding) => {
  const server = later(await serve(() => ({ status: 200, headers: { 'content-encoding': encoding }, text: 'x' })))
  expect((await once(server.origin)).body).toBe('x')
})

test('an answer that is not read to its end ends its connection', async () => {
  const server = later(await serve(() => ({ status: 302, text: 'x' })))
  let closed: Promise<void> | undefined
  server.before = ({ socket }, response) => {
    closed = new Promise((resolve) => socket.once('close', () => resolve()))
    response.writeHead(302, { location: '/', 'content-length': 1000 }).write('x')
    return true
  }
  expect((await failureOf(() => once(server.origin))).code).toBe('REDIRECTED')
  await closed
})

test('it is told that a request leaves, over a new connection and over one that is there', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const client = new HttpClient('test', [], { keepAlive: true, allowRedirects: false, allowRetries: false })
  later({ close: async () => client.dispose() })
  const request = { purpose: 'Request', method: 'GET', url: new URL(server.origin) } as const
  for (const connection of [1, 1]) {
    const sending = vi.fn()
    await attempt(client, request, { signal: open, sending })
    expect(sending).toHaveBeenCalledOnce()
    expect(server.requests.at(-1)?.connection).toBe(connection)
  }
})

test('nothing has left where nobody listens', async () => {
  const server = await serve(() => ({ status: 200 }))
  await server.close()
  const sending = vi.fn()
  const client = new HttpClient('test')
  const request = { purpose: 'Request', method: 'GET', url: new URL(server.origin) } as const
  await expect(attempt(client, request, { signal: open, sending })).rejects.toThrow('ECONNREFUSED')
  expect(sending).not.toHaveBeenCalled()
})

test('a body larger than it may be is refused, under its code', async () => {
  const server = later(await serve(() => ({ status: 200, text: 'x'.repeat(2 * 1024 * 1024 + 1) })))
  const { code, message } = await failureOf(() => once(server.origin, { maxBodyBytes: 2 * 1024 * 1024 }))
  expect([code, message]).toEqual([
    'ANSWER_INVALID',
    `Request: the answer of 127.0.0.1:${server.port} is larger than 2 MiB.`,
  ])
})

test.each(['7 s', 'in 7', '7.5'])('Retry-After: %s is no number of seconds', (header) => {
  // Node reads some of them as dates of long ago; none is half a number.
  expect([undefined, 0]).toContain(parseRetryAfter(header, Date.now()))
})

test('a signal that has come already sends nothing', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const reason = new Error('given up')
  await expect(once(server.origin, {}, AbortSignal.abort(reason))).rejects.toBe(reason)
  expect(server.requests).toEqual([])
})

test('a signal ends an attempt whose server switches protocols, which the library never does', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const given = new AbortController()
  const reason = new Error('given up')
  server.before = (_request, { socket }) => {
    socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n')
    setImmediate(() => given.abort(reason))
    return true
  }
  await expect(once(server.origin, {}, given.signal)).rejects.toBe(reason)
})

test('a challenge is an answer like any other: no credentials are offered', async () => {
  const headers = { 'www-authenticate': 'Basic realm="x"' }
  const server = later(await serve(() => ({ status: 401, headers, text: 'who?' })))
  expect(await once(server.origin)).toMatchObject({ status: 401, body: 'who?' })
  expect(server.requests).toHaveLength(1)
})

test('a proxy that cannot be read is refused before anything is sent', async () => {
  vi.stubEnv('HTTPS_PROXY', 'socks5://proxy.example')
  expect((await failureOf(() => once('https://host.example/'))).code).toBe('PROXY_FAILED')
})

test('through a proxy: its credentials as they are, the host under its name', async () => {
  const authority = await createAuthority()
  const server = later(await serve(() => ({ status: 200, text: 'x' }), { tls: await authority.issue('other.example') }))
  const credentials = { user: 'octo', password: 'p@ss: 100%+/word' }
  const proxy = later(await startConnectProxy({ routes: { 'host.example:443': server.port }, credentials }))
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  const warned = vi.spyOn(process, 'emitWarning')
  // The tunnel stands; the certificate behind it is of another authority, which nobody trusts.
  await expect(once('https://host.example/')).rejects.toThrow(/certificate|altnames/)
  const authorization = `Basic ${Buffer.from('octo:p@ss: 100%+/word').toString('base64')}`
  expect(proxy.connects).toEqual([{ target: 'host.example:443', authorization, status: 200 }])
  expect(warned).not.toHaveBeenCalled()
})

test('through a proxy without credentials none are sent', async () => {
  const proxy = later(await startConnectProxy({ routes: {} }))
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  await expect(once('https://host.example/')).rejects.toThrow('statusCode=502')
  expect(proxy.connects).toEqual([{ target: 'host.example:443', authorization: undefined, status: 502 }])
})

test('a proxy that never answers is left with the signal', async () => {
  const proxy = later(await startConnectProxy({ routes: {} }))
  const given = new AbortController()
  proxy.behaviour = () => {
    setImmediate(() => given.abort(new Error('given up')))
    return 'hang'
  }
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  await expect(once('https://host.example/', {}, given.signal)).rejects.toThrow('given up')
})
