import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { serve } from '../../sandbox/http-server.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { once, openClient, withoutProxy } from '../support/attempts.ts'
import { failureOf } from '../support/failures.ts'

beforeEach(withoutProxy)
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

const credentials = { user: 'octo', password: 'p@ss: 100%+/word' }
const authorization = `Basic ${Buffer.from('octo:p@ss: 100%+/word').toString('base64')}`

test('a proxy that cannot be read is refused before anything is sent', async () => {
  vi.stubEnv('HTTPS_PROXY', 'socks5://proxy.example')
  expect((await failureOf(() => once('https://host.example/'))).code).toBe('PROXY_FAILED')
})

test('through a proxy: its credentials as they are, the host under its name', async () => {
  const authority = await createAuthority()
  const server = later(await serve(() => ({ status: 200, text: 'x' }), { tls: await authority.issue('other.example') }))
  const proxy = later(await startConnectProxy({ routes: { 'host.example:443': server.port }, credentials }))
  vi.stubEnv('HTTPS_PROXY', proxy.url)
  const warned = vi.spyOn(process, 'emitWarning')
  // The tunnel stands; the certificate behind it is of another authority, which nobody trusts.
  await expect(once('https://host.example/')).rejects.toThrow(/certificate|altnames/)
  expect(proxy.connects).toEqual([{ target: 'host.example:443', authorization, status: 200 }])
  expect(warned).not.toHaveBeenCalled()
})

test('each attempt of a client has its own way through the proxy, with the credentials', async () => {
  const server = later(await serve(() => ({ status: 200, text: 'x' })))
  const proxy = later(await startConnectProxy({ routes: { 'host.example:80': server.port }, credentials }))
  vi.stubEnv('HTTP_PROXY', proxy.url)
  const client = openClient()
  for (const _attempt of [1, 2]) expect((await once('http://host.example/', {}, { client })).body).toBe('x')
  const connect = { target: 'host.example:80', authorization, status: 200 }
  expect(proxy.connects).toEqual([connect, connect])
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
  await expect(once('https://host.example/', {}, given)).rejects.toThrow('given up')
})
