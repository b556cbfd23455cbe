import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { KeptToken } from '../../src/fresh/kept.ts'
import { type MetadataService, startMetadataService } from '../../src/fresh/metadata-service.ts'
import { tokenOf } from './support.ts'

const NOW = 1_800_000_000
const hostname = 'dbc-1.cloud.databricks.com'
const valid = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': `https://${hostname}` }
const open: MetadataService[] = []

afterEach(() => {
  for (const service of open.splice(0)) service.close()
})

async function start(token: KeptToken | undefined = tokenOf('kept', NOW)): Promise<MetadataService> {
  const service = await startMetadataService({ hostname, token: async () => token, now: () => NOW })
  open.push(service)
  return service
}

interface Asked {
  path?: string
  method?: string
  headers?: Record<string, string | undefined>
}

// Node's own request, since fetch lets nobody choose a Host header.
function ask(service: MetadataService, { path, method = 'GET', headers = valid }: Asked = {}) {
  const url = new URL(service.url)
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  return new Promise<{ status: number; json: Record<string, unknown> }>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: url.port, path: path ?? url.pathname, method, headers: sent }
    request(options, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode ?? 0, json: body === '' ? {} : JSON.parse(body) })
    })
      .once('error', reject)
      .end()
  })
}

test('it is on loopback, on a path that nobody guesses, and another one each time', async () => {
  const [one, other] = [await start(), await start()]
  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/token$/)
  expect(new URL(one.url).pathname).not.toBe(new URL(other.url).pathname)
})

test.each([
  [300, 60],
  [3600, 60],
  [150, 60],
  [149, 40],
  [90, 40],
])('a token of %i s is told to end %i s early, in whole seconds', async (lifetime, early) => {
  const { status, json } = await ask(await start(tokenOf('kept', NOW + 0.5, lifetime)))
  expect(status).toBe(200)
  expect(json).toEqual({
    access_token: 'access-token-kept',
    token_type: 'Bearer',
    expires_on: NOW + lifetime - early,
  })
})

test('a token that is still of use is never told to have ended', async () => {
  const { json } = await ask(await start(tokenOf('kept', NOW - 250)))
  expect(json['expires_on']).toBe(NOW + 5)
})

test.each([
  ['with scheme and port', `https://${hostname}:443`],
  ['without scheme', hostname],
  ['in capitals', hostname.toUpperCase()],
  ['with a path', `https://${hostname}/`],
])('the host is recognised %s', async (_, host) => {
  const { status } = await ask(await start(), { headers: { ...valid, 'X-Databricks-Host': host } })
  expect(status).toBe(200)
})

test.each<[string, number, Asked]>([
  ['no version', 400, { headers: { ...valid, 'X-Databricks-Metadata-Version': undefined } }],
  ['another version', 400, { headers: { ...valid, 'X-Databricks-Metadata-Version': '2' } }],
  ['no host', 403, { headers: { ...valid, 'X-Databricks-Host': undefined } }],
  ['another host', 403, { headers: { ...valid, 'X-Databricks-Host': 'https://dbc-2.cloud.databricks.com' } }],
  ['a host that is no name', 403, { headers: { ...valid, 'X-Databricks-Host': 'https://' } }],
  ['another path', 404, { path: '/00000000000000000000000000000000/token' }],
  ['the root', 404, { path: '/' }],
  ['another method', 405, { method: 'POST' }],
  ['a name of its own for loopback', 421, { headers: { ...valid, Host: 'attacker.example' } }],
  ['a name that only begins like loopback', 421, { headers: { ...valid, Host: '127.0.0.1.attacker.example' } }],
])('%s is refused with %i, and no token', async (_, expected, asked) => {
  const { status, json } = await ask(await start(), asked)
  expect(status).toBe(expected)
  expect(JSON.stringify(json)).not.toContain('access-token')
})

test('a query is another path', async () => {
  const service = await start()
  expect((await ask(service, { path: `${new URL(service.url).pathname}?x=1` })).status).toBe(404)
})

test('503 when there is nothing valid to give', async () => {
  const service = await startMetadataService({ hostname, token: async () => undefined, now: () => NOW })
  open.push(service)
  expect((await ask(service)).status).toBe(503)
})

test('after its end nobody answers', async () => {
  const service = await start()
  service.close()
  await expect(ask(service)).rejects.toThrow('ECONNREFUSED')
})
