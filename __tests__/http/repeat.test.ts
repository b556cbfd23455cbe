import { createServer } from 'node:net'
import * as tls from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { serve } from '../../sandbox/http-server.ts'
import type { FailedAttempt } from '../../src/http/request.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf } from '../support/failures.ts'
import { startInternet } from '../support/internet.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

/** Posts once, and tells whether a byte of the request may have left when it failed. */
async function postOnce(origin: string) {
  const failed: FailedAttempt[] = []
  const mayRepeat = (attempt: FailedAttempt) => failed.push(attempt) === 0
  const request = { purpose: 'Test', method: 'POST' as const, url: new URL('/x', origin), body: 'x', mayRepeat }
  const code = await codeOf(() => connect({ timeoutSeconds: 4 })(() => request))
  return { code, attempts: failed.length, sent: failed[0]?.sent }
}

async function closingServer(): Promise<number> {
  const server = createServer((socket) => socket.destroy())
  later({ close: async () => void server.close() })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

test('nothing has left where no connection came about', async () => {
  const server = await serve(() => ({ status: 200 }))
  await server.close()
  expect(await postOnce(server.origin)).toEqual({ code: 'NETWORK_FAILED', attempts: 1, sent: false })
})

test('nothing has left where no secure connection came about', async () => {
  const identity = await (await createAuthority()).issue('127.0.0.1')
  const server = later(await serve(() => ({ status: 200 }), { tls: identity }))
  expect(await postOnce(server.origin)).toEqual({ code: 'TLS_FAILED', attempts: 1, sent: false })
  expect(await postOnce(`https://127.0.0.1:${await closingServer()}`)).toMatchObject({ attempts: 1, sent: false })
})

test('nothing has left where the proxy makes no way', async () => {
  const proxy = later(await startConnectProxy({ routes: {} }))
  vi.stubEnv('https_proxy', `http://127.0.0.1:${proxy.port}`)
  expect(await postOnce('https://dbc-1.cloud.databricks.com')).toEqual({
    code: 'PROXY_FAILED',
    attempts: 1,
    sent: false,
  })
})

test('the request has left where an answer breaks off, or does not come', async () => {
  const server = later(await serve(() => ({ status: 500 })))
  expect(await postOnce(server.origin)).toEqual({ code: 'SERVER_UNAVAILABLE', attempts: 1, sent: true })
  server.before = (raw) => raw.socket.destroy() !== undefined
  expect(await postOnce(server.origin)).toEqual({ code: 'NETWORK_FAILED', attempts: 1, sent: true })
  server.before = () => true
  expect(await postOnce(server.origin)).toEqual({ code: 'TIMED_OUT', attempts: 1, sent: true })
})

test.skipIf(!('setDefaultCACertificates' in tls))('and so through a proxy', async () => {
  const before = (_origin: string, raw: { socket: { destroy: () => unknown } }) => raw.socket.destroy() !== undefined
  const internet = later(await startInternet({ answer: () => ({ status: 200 }), before }))
  vi.stubEnv('https_proxy', internet.proxy)
  expect(await postOnce('https://dbc-1.cloud.databricks.com')).toEqual({
    code: 'NETWORK_FAILED',
    attempts: 1,
    sent: true,
  })
})

test('a connection that is used again has left its request at once', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const send = connect({ timeoutSeconds: 4 })
  const failed: FailedAttempt[] = []
  const mayRepeat = (attempt: FailedAttempt) => failed.push(attempt) === 0
  const post = () => send(() => ({ purpose: 'Test', method: 'POST', url: new URL(server.origin), mayRepeat }))
  await post()
  server.before = (raw) => raw.socket.destroy() !== undefined
  expect([await codeOf(post), failed[0]?.sent]).toEqual(['NETWORK_FAILED', true])
})
