import { afterEach, expect, test, vi } from 'vitest'
import { checkProxy, proxyNameFor } from '../../src/http/proxy.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']

afterEach(() => vi.unstubAllEnvs())

/** The check of one request under these variables, and no other of a proxy. */
function check(environment: Readonly<Record<string, string>>, address = 'https://host.example/token') {
  for (const name of VARIABLES) vi.stubEnv(name, environment[name])
  return () => checkProxy({ purpose: 'Token exchange', method: 'GET', url: new URL(address) })
}

test.each([
  ['http://proxy.example:3128'],
  ['https://proxy.example'],
  ['http://user:p%40ss@proxy.example:3128'],
  // To the library a URL without its scheme.
  ['10.0.0.1:3128'],
])('%s is a proxy', async (proxy) => {
  expect(await codeOf(check({ HTTPS_PROXY: proxy }))).toBe('none')
})

test.each([
  ['socks5://proxy.example:1080'],
  ['ftp://proxy.example'],
  ['xhttp://proxy.example'],
  ['http://'],
  ['http://user:100%@proxy.example'],
  ['http://user:pass@'],
  // Read as a URL of the scheme localhost.
  ['localhost:3128'],
  ['httpsx://proxy.example'],
  ['not a url'],
])('%s is none', async (proxy) => {
  expect(await codeOf(check({ HTTPS_PROXY: proxy }))).toBe('PROXY_FAILED')
})

test('the failure names variable and purpose, and tells how to write a proxy; its value is not in it', async () => {
  const { message, advice } = await failureOf(check({ https_proxy: 'socks5://user:hunter2@proxy.example' }))
  expect(message).toBe('Token exchange: https_proxy is not the URL of a proxy.')
  expect(advice).toBe(
    'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
  )
})

test('the variables are those of the scheme, lower case first', async () => {
  const [bad, good] = ['socks5://proxy.example', 'http://proxy.example']
  expect((await failureOf(check({ HTTPS_PROXY: bad }))).message).toContain(' HTTPS_PROXY ')
  expect(await codeOf(check({ https_proxy: good, HTTPS_PROXY: bad }))).toBe('none')
  expect((await failureOf(check({ https_proxy: bad, HTTPS_PROXY: good }))).message).toContain(' https_proxy ')
  expect(await codeOf(check({ http_proxy: bad, HTTP_PROXY: bad }))).toBe('none')

  const plain = 'http://host.example/'
  expect((await failureOf(check({ HTTP_PROXY: bad }, plain))).message).toContain(' HTTP_PROXY ')
  expect((await failureOf(check({ http_proxy: bad }, plain))).message).toContain(' http_proxy ')
  expect(await codeOf(check({ https_proxy: bad, HTTPS_PROXY: bad }, plain))).toBe('none')
})

test('without a proxy, and where it is gone past, nothing is refused', async () => {
  const bad = 'socks5://proxy.example'
  expect(await codeOf(check({}))).toBe('none')
  expect(await codeOf(check({ HTTPS_PROXY: '' }))).toBe('none')
  expect(await codeOf(check({ HTTPS_PROXY: bad, NO_PROXY: 'host.example' }))).toBe('none')
  expect(await codeOf(check({ HTTPS_PROXY: bad, NO_PROXY: 'other.example' }))).toBe('PROXY_FAILED')
  expect(await codeOf(check({ HTTP_PROXY: bad }, 'http://127.0.0.1:8080/'))).toBe('none')
})

test('a proxy is named without its credentials, and without a name where it has none', () => {
  const named = (environment: Readonly<Record<string, string>>) => {
    check(environment)
    return proxyNameFor(new URL('https://host.example/token'))
  }
  expect(named({ HTTPS_PROXY: 'http://user:hunter2@proxy.example:3128' })).toBe('the proxy proxy.example:3128')
  expect(named({ HTTPS_PROXY: 'not a url' })).toBe('the proxy')
  expect(named({})).toBe('the proxy')
})
