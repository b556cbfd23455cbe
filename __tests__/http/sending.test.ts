import * as tls from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type SandboxServer, serve } from '../../sandbox/http-server.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { once, openClient, withoutProxy } from '../support/attempts.ts'

beforeEach(withoutProxy)
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

/** Asks twice by one client; it has to be told of each request once, before it arrives. */
async function askTwice(server: SandboxServer): Promise<void> {
  const client = openClient()
  for (const connection of [1, 1]) {
    const sending = vi.fn()
    server.before = () => {
      expect(sending).toHaveBeenCalledOnce()
      return false
    }
    await once(server.origin, {}, { client, sending })
    expect(sending).toHaveBeenCalledOnce()
    expect(server.requests.at(-1)?.connection).toBe(connection)
  }
}

test('it is told that a request leaves, over a new connection and over one that is there', async () => {
  await askTwice(later(await serve(() => ({ status: 200 }))))
})

test.skipIf(!('setDefaultCACertificates' in tls))('and so where they are secured', async () => {
  const authority = await createAuthority()
  tls.setDefaultCACertificates([authority.certificate])
  const identity = await authority.issue('127.0.0.1')
  await askTwice(later(await serve(() => ({ status: 200 }), { tls: identity })))
})

test('through a proxy in the clear a request leaves as soon as there is a way', async () => {
  const server = later(await serve(() => ({ status: 200, text: 'x' })))
  const proxy = later(await startConnectProxy({ routes: { 'host.example:80': server.port } }))
  vi.stubEnv('HTTP_PROXY', proxy.url)
  const sending = vi.fn()
  expect(await once('http://host.example/', {}, { sending })).toMatchObject({ status: 200, body: 'x' })
  expect(sending).toHaveBeenCalledOnce()
})

test('nothing has left where nobody listens', async () => {
  const server = await serve(() => ({ status: 200 }))
  await server.close()
  const sending = vi.fn()
  await expect(once(server.origin, {}, { sending })).rejects.toThrow('ECONNREFUSED')
  expect(sending).not.toHaveBeenCalled()
})

test('nothing has left through a proxy where the host is not who it says', async () => {
  const identity = await (await createAuthority()).issue('host.example')
  const server = later(await serve(() => ({ status: 200 }), { tls: identity }))
  const proxy = later(await startConnectProxy({ routes: { 'host.example:443': server.port } }))
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  const sending = vi.fn()
  await expect(once('https://host.example/', {}, { sending })).rejects.toThrow('certificate')
  expect([proxy.connects.length, server.requests.length]).toEqual([1, 0])
  expect(sending).not.toHaveBeenCalled()
})
