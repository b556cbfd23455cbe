import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from '../../sandbox/faults/cases.ts'
import { misbehaving } from '../../sandbox/faults/fault.ts'
import { type Laboratory, startLaboratory } from '../../sandbox/faults/laboratory.ts'
import { legs } from '../../sandbox/faults/leg.ts'
import { runCase } from '../../sandbox/faults/run-case.ts'
import { openConnections } from '../../src/http/connections.ts'
import { commandsIn, leaksIn } from '../faults/sinks.ts'
import { hostileText, hostileValue } from './hostile.ts'
import { expectOurs } from './login.ts'
import { runs, timeFor } from './runs.ts'

let laboratory: Laboratory
let server: Server
let answer = Buffer.alloc(0)

beforeAll(async () => {
  laboratory = await startLaboratory()
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy()).once('data', () => socket.end(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

const statusLine = fc.oneof(
  fc.constantFrom('200 OK', '403 Forbidden', '503 Unavailable', '302 Found', '101 Switching', '100 Continue', '204'),
  fc.integer({ min: 0, max: 9999 }).map(String),
)
const header = fc.oneof(
  fc.constantFrom(
    ...['Content-Type: application/json', 'Content-Length: 5', 'Content-Length: -1', 'Transfer-Encoding: chunked'],
    ...['Connection: Upgrade\r\nUpgrade: x', 'Content-Encoding: gzip', 'Location: https://x.example/?secret=1'],
    ...['Retry-After: 99999999999999999999', 'Retry-After: soon', 'Retry-After: -5', 'Keep-Alive: timeout=0'],
  ),
  hostileText,
)
const response = fc
  .tuple(statusLine, fc.array(header, { maxLength: 5 }), fc.uint8Array({ maxLength: 300 }))
  .map(([status, headers, body]) =>
    Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n`), Buffer.from(body)]),
  )
const anyBytes = fc.oneof(
  response,
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
)

const wireShare = 0.05

test('any bytes on the wire: an answer, or one of our errors', { timeout: timeFor(wireShare) }, async () => {
  const { port } = server.address() as AddressInfo
  const property = fc.asyncProperty(anyBytes, async (bytes) => {
    answer = bytes
    const { send, close } = openConnections({
      userAgent: 'test',
      timeoutSeconds: 1,
      random: () => 0.01,
      info: () => undefined,
      debug: () => undefined,
    })
    try {
      const url = new URL(`http://127.0.0.1:${port}/path`)
      const { status, body } = await send(() => ({ purpose: 'Request', method: 'GET', url }))
      expect(status < 300 || status > 399).toBe(true)
      expect([408, 429, 500, 502, 503, 504]).not.toContain(status)
      expect(body.length).toBeLessThanOrEqual(1024 * 1024)
    } catch (thrown) {
      expectOurs(thrown)
      expect(String(thrown)).not.toContain('secret=1')
    } finally {
      close()
    }
  })
  await fc.assert(property, runs(wireShare))
})

const loginShare = 0.02

// Each login leaves a folder to remove.
afterAll(async () => {
  server.close()
  await laboratory.close()
}, timeFor(loginShare))

test.for(legs)('any answer on the leg %s, over HTTP', { timeout: timeFor(loginShare) }, async (leg) => {
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    hostileValue.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
  )
  const statuses = fc.oneof(fc.constantFrom(200, 400, 403), fc.integer({ min: 200, max: 999 }))
  const types = fc.oneof(fc.constant('application/json'), fc.string())
  const plain = cases.find((one) => one.leg === leg)
  if (plain === undefined) throw new Error('there is no such leg')
  const property = fc.asyncProperty(statuses, types, body, async (status, contentType, bytes) => {
    const fault = misbehaving(
      'any answer',
      (answered) => answered.writeHead(status, { 'content-type': contentType }).end(bytes),
      { timeoutSeconds: 2 },
    )
    const { failure, printed, summary } = await runCase(laboratory, { ...plain, fault, repetition: 'once' }, 'real')
    if (failure !== undefined) expectOurs(failure.thrown)
    expect(commandsIn(printed)['error'] ?? 0).toBe(failure === undefined ? 0 : 1)
    expect(leaksIn(`${printed}\n${summary}`, laboratory.secrets())).toEqual([])
  })
  await fc.assert(property, runs(loginShare))
})
