import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import {
  type Asked,
  ask,
  askMetadata,
  askOAuth,
  basic,
  start,
  tokenEndpointOf,
  metadataHeaders as valid,
} from './service.ts'

const sockets: Socket[] = []

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** Connections that are open, and have sent no more than this. */
async function open(address: string, count: number, text = ''): Promise<Socket[]> {
  const port = Number(new URL(address).port)
  const opening = Array.from({ length: count }, async () => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    sockets.push(socket)
    await new Promise((resolve) => socket.once('connect', resolve))
    socket.resume().write(text)
    return socket
  })
  return Promise.all(opening)
}

const closed = (socket: Socket): Promise<unknown> =>
  socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve))

/** A request whose body is not complete. */
const part = (address: string): string => {
  const { pathname, host } = new URL(address)
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 10\r\n\r\nx`
}

test.each<[string, number, Asked]>([
  ['another path', 404, { path: '/00000000000000000000000000000000/token' }],
  ['the root', 404, { path: '/' }],
  ['another method', 405, { method: 'POST' }],
  ['a name of its own for loopback', 421, { headers: { ...valid, Host: 'attacker.example' } }],
  ['a name that only begins like loopback', 421, { headers: { ...valid, Host: '127.0.0.1.attacker.example' } }],
])('%s is refused with %i, and no token', async (_, expected, asked) => {
  const { status, json } = await askMetadata(await start(), asked)
  expect(status).toBe(expected)
  expect(JSON.stringify(json)).not.toContain('access-token')
})

test('a query is another path', async () => {
  const service = await start()
  const { pathname } = new URL(service.metadataServiceUrl)
  expect((await askMetadata(service, { path: `${pathname}?x=1` })).status).toBe(404)
})

test('the OAuth endpoint answers no other name, no other method and no long body', async () => {
  const service = await start()
  const authorization = basic(service.clientId, service.clientSecret)
  expect((await askOAuth(service, {}, { authorization, host: 'attacker.example' })).status).toBe(421)
  const { status, headers } = await ask(await tokenEndpointOf(service), { headers: { authorization } })
  expect([status, headers['allow']]).toEqual([405, 'POST'])
  expect((await ask(service.discoveryUrl, { method: 'POST' })).status).toBe(405)
  expect((await askOAuth(service, 'x'.repeat(8193))).status).toBe(413)
})

// Before the server loses patience with each of them.
test.each<[string, (address: string) => string]>([
  ['nothing', () => ''],
  ['a part of a head', () => 'GET / HTTP/1.1\r\n'],
  ['a part of a body', part],
])(
  '300 connections that have sent %s keep nobody out, and the oldest of them are closed',
  { timeout: 5000 },
  async (_, text) => {
    const service = await start()
    const address = await tokenEndpointOf(service)
    const [oldest] = await open(address, 300, text(address))
    expect((await askMetadata(service)).status).toBe(200)
    if (oldest !== undefined) await closed(oldest)
    expect((await askOAuth(service)).status).toBe(200)
  },
)

test('a client that waits for its answer is not closed for others that ask nothing', async () => {
  let renewed: () => void = () => undefined
  const renewal = new Promise<void>((resolve) => {
    renewed = resolve
  })
  const service = await start({
    token: async () => {
      await renewal
      return undefined
    },
  })
  const waiting = Array.from({ length: 40 }, () => askMetadata(service))
  await open(service.metadataServiceUrl, 100)
  renewed()
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(40).fill(503))
})

test('a client that goes away while it sends harms nobody', async () => {
  const service = await start()
  const address = await tokenEndpointOf(service)
  const [socket] = await open(address, 1, part(address))
  socket?.destroy()
  expect((await askMetadata(service)).status).toBe(200)
})

test('after its end nobody answers', async () => {
  const service = await start()
  service.close()
  await expect(askMetadata(service)).rejects.toThrow('ECONNREFUSED')
})
