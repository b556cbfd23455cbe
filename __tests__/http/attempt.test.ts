import { afterEach, expect, test } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import { parseRetryAfter } from '../../src/http/attempt.ts'
import { Fault } from '../../src/http/fault.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { once } from '../support/attempts.ts'
import { failureOf } from '../support/failures.ts'

afterEach(cleanUp)

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

test('a character that comes in two parts is one, and half of one is none', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const [first, ...rest] = Buffer.from('✓')
  server.before = (_request, response) => {
    response.write(Buffer.of(first ?? 0))
    response.write(Buffer.from(rest))
    response.end(Buffer.of(first ?? 0))
    return true
  }
  expect(await once(server.origin)).toMatchObject({ body: '✓\u{fffd}' })
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
  await expect(once(server.origin, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(server.requests).toEqual([])
})

test('a signal ends an attempt whose server switches protocols, which Node’s request never does', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const given = new AbortController()
  const reason = new Error('given up')
  server.before = (_request, { socket }) => {
    socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n')
    setImmediate(() => given.abort(reason))
    return true
  }
  await expect(once(server.origin, {}, given)).rejects.toBe(reason)
})

test('a challenge is an answer like any other: no credentials are offered', async () => {
  const headers = { 'www-authenticate': 'Basic realm="x"' }
  const server = later(await serve(() => ({ status: 401, headers, text: 'who?' })))
  expect(await once(server.origin)).toMatchObject({ status: 401, body: 'who?' })
  expect(server.requests).toHaveLength(1)
})
