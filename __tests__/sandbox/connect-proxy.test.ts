import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { serve } from '../../sandbox/http-server.ts'
import { cleanUp, later } from './support.ts'

afterEach(cleanUp)

interface Tunnel {
  status: number | undefined
  socket: Duplex
}

function open(port: number, target: string, authorization?: string): Promise<Tunnel> {
  const headers = authorization === undefined ? {} : { 'proxy-authorization': authorization }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method: 'CONNECT', path: target, headers })
    sent.once('connect', ({ statusCode }, socket) => resolve({ status: statusCode, socket }))
    sent.once('error', reject).end()
  })
}

async function through({ socket }: Tunnel): Promise<string> {
  socket.write('GET /path HTTP/1.1\r\nHost: any.name\r\nConnection: close\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

const target = 'any.name:443'

async function startBoth(credentials?: { user: string; password: string }) {
  const server = later(await serve(() => ({ status: 200, text: 'behind' })))
  const proxy = later(await startConnectProxy({ routes: { [target]: server.port }, credentials }))
  return { server, proxy }
}

test('a name leads to a port of loopback', async () => {
  const { server, proxy } = await startBoth()
  const tunnel = await open(proxy.port, target)
  expect(tunnel.status).toBe(200)
  expect(await through(tunnel)).toMatch(/behind$/)
  expect(server.requests).toMatchObject([{ path: '/path', host: 'any.name' }])
  expect(proxy.connects).toEqual([{ target, authorization: undefined, status: 200 }])
})

test('a name without a route is answered with 502', async () => {
  const { proxy } = await startBoth()
  expect((await open(proxy.port, 'other.name:443')).status).toBe(502)
})

test('credentials are wanted, exactly', async () => {
  const { proxy } = await startBoth({ user: 'me', password: 'p@ss:word' })
  const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`

  expect(proxy.url).toBe(`http://me:p%40ss%3Aword@127.0.0.1:${proxy.port}`)
  expect((await open(proxy.port, target)).status).toBe(407)
  expect((await open(proxy.port, target, basic('me:other'))).status).toBe(407)
  const tunnel = await open(proxy.port, target, basic('me:p@ss:word'))
  expect(tunnel.status).toBe(200)
  expect(await through(tunnel)).toMatch(/behind$/)
  expect(proxy.connects.map(({ status }) => status)).toEqual([407, 407, 200])
})

test('a proxy can refuse, die, and cut its tunnels', async () => {
  const { server, proxy } = await startBoth()
  proxy.behaviour = 'refuse'
  expect((await open(proxy.port, target)).status).toBe(502)
  proxy.behaviour = 'die'
  await expect(open(proxy.port, target)).rejects.toThrow()
  proxy.behaviour = 'cut'
  const tunnel = await open(proxy.port, target)
  expect(tunnel.status).toBe(200)
  await expect(through(tunnel)).resolves.toBe('')
  expect(server.requests).toEqual([])
  proxy.behaviour = 'serve'
  expect(await through(await open(proxy.port, target))).toMatch(/behind$/)
})

test('a proxy that hangs keeps its client waiting until it is closed', async () => {
  const { proxy } = await startBoth()
  proxy.behaviour = 'hang'
  const waiting = open(proxy.port, target)
  const refused = expect(waiting).rejects.toThrow()
  // A later CONNECT is answered while the first still waits.
  while (proxy.connects.length === 0) await new Promise((resolve) => setImmediate(resolve))
  proxy.behaviour = 'refuse'
  expect((await open(proxy.port, target)).status).toBe(502)
  await proxy.close()
  await refused
})
