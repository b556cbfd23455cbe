import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import { cleanUp, later } from './support.ts'

afterEach(cleanUp)

function send(url: string, agent: Agent, body = ''): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { 'x-name': 'value' } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    sent.once('error', reject).end(body)
  })
}

test('every request is recorded whole, with the connection that it came on', async () => {
  const server = later(await serve(() => ({ status: 200, json: {} })))
  const [one, two] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })]
  await send(`${server.origin}/a?b=c%20d`, one, 'größe')
  await send(`${server.origin}/second`, one)
  await send(`${server.origin}/third`, two)
  for (const agent of [one, two]) agent.destroy()

  expect(server.requests.map(({ path, connection }) => [path, connection])).toEqual([
    ['/a?b=c%20d', 1],
    ['/second', 1],
    ['/third', 2],
  ])
  expect(server.requests[0]).toMatchObject({
    method: 'POST',
    body: 'größe',
    host: `127.0.0.1:${server.port}`,
    headers: { 'x-name': 'value' },
  })
})

test('a fault can be put in front of the handler, and taken away', async () => {
  const server = later(await serve(() => ({ status: 200, text: 'fine' })))
  server.before = ({ url }, response) => {
    if (url === '/through') return false
    response.writeHead(503).end()
    return true
  }
  const status = async (path: string) => (await fetch(server.origin + path)).status
  expect([await status('/'), await status('/through')]).toEqual([503, 200])
  server.before = (_request, response) => {
    response.destroy()
    return true
  }
  await expect(status('/')).rejects.toThrow()
  server.before = undefined
  expect(await status('/')).toBe(200)
  expect(server.requests).toHaveLength(4)
})

test('a handler that throws is seen', async () => {
  const server = later(
    await serve(() => {
      throw new Error('broken')
    }),
  )
  const response = await fetch(server.origin)
  expect([response.status, await response.text()]).toEqual([500, 'sandbox: Error: broken'])
})

test('closing destroys connections, those without a request, too', async () => {
  const server = await serve(() => ({ status: 200 }))
  const socket = connect(server.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const ended = new Promise((resolve) => socket.once('close', resolve).resume())
  await server.close()
  await ended
  await expect(fetch(server.origin)).rejects.toThrow()
})

test('a port that another took for a moment is waited for', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  server.shut()
  const other = createServer().listen(server.port, '127.0.0.1')
  await once(other, 'listening')
  const open = server.open()
  await new Promise((resolve) => setTimeout(resolve, 50))
  other.close()
  await open
  expect((await fetch(server.origin)).status).toBe(200)
  // Opening what is open changes nothing.
  await server.open()
})
