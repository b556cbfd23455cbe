import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import type { Clock } from '../../src/http/clock.ts'
import { realClock } from '../../src/http/clock.ts'
import { type ConnectionOptions, openConnections } from '../../src/http/connections.ts'
import { keepConnection } from '../../src/http/kept-connection.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { failureOf } from '../support/failures.ts'

afterEach(cleanUp)

const get = (address: string) => () => ({ purpose: 'Request', method: 'GET', url: new URL(address) }) as const

/** A clock that goes on by so much each time it is looked at; its limits never come. */
function tickingClock(tickMs: number) {
  let now = 1000
  const limits: number[] = []
  let takenBack = 0
  const clock: Clock = {
    now: () => {
      now += tickMs
      return now
    },
    after: (ms) => {
      limits.push(ms)
      return () => {
        takenBack += 1
      }
    },
    pause: async () => undefined,
  }
  return { clock, limits, takenBack: () => takenBack }
}

async function limitsOf(options: Partial<ConnectionOptions>, withinSeconds?: number) {
  const server = later(await serve(() => ({ status: 200 })))
  const { clock, limits, takenBack } = tickingClock(0)
  await connect({ ...options, clock })(get(server.origin), withinSeconds)
  expect(takenBack()).toBe(limits.length)
  return limits
}

test('an attempt may take a quarter of the time, its own limit at most, and no more than is left', async () => {
  expect(await limitsOf({ timeoutSeconds: 20 })).toEqual([5000])
  expect(await limitsOf({ timeoutSeconds: 600 })).toEqual([10_000])
  expect(await limitsOf({ timeoutSeconds: 600, attemptSeconds: 30 })).toEqual([30_000])
  expect(await limitsOf({ timeoutSeconds: 20 }, 3)).toEqual([3000])
  expect(await limitsOf({ timeoutSeconds: 20 }, 60)).toEqual([5000])
})

test('an attempt that fails takes its limit back, too', async () => {
  const server = later(await serve(() => ({ status: 503 })))
  const { clock, limits, takenBack } = tickingClock(0)
  await failureOf(() => connect({ clock })(get(server.origin)))
  expect(limits.length).toBeGreaterThan(1)
  expect(takenBack()).toBe(limits.length)
})

test('at the last moment there is no time left', async () => {
  const { clock } = tickingClock(0)
  const { code, message } = await failureOf(() => connect({ clock })(get('https://host.example/'), 0))
  expect([code, message]).toEqual(['TIMED_OUT', 'Request: no time is left to ask host.example.'])
})

test('a debug line says how long an attempt took, in whole milliseconds', async () => {
  const server = later(await serve(() => ({ status: 200 })))
  const lines: string[] = []
  await connect({ clock: tickingClock(7.4).clock, debug: (line) => lines.push(line) })(get(server.origin))
  expect(lines).toEqual([`GET 127.0.0.1:${server.port}/ 200 7 ms (attempt 1)`])
})

const quiet = { userAgent: 'test', timeoutSeconds: 20, info: () => undefined, debug: () => undefined }

/** A server that tells when the connection of its last request ends. */
async function watched() {
  const server = later(await serve(() => ({ status: 200 })))
  const ends: Promise<unknown>[] = []
  server.before = ({ socket }) => {
    ends.push(once(socket, 'close'))
    return false
  }
  return { server, ends }
}

test('closing ends connections that wait for the next request', async () => {
  const { server, ends } = await watched()
  const { send, close } = openConnections(quiet)
  await send(get(server.origin))
  close()
  await Promise.all(ends)
  // Also where no time is left: that it was too late would be the wrong story.
  for (const within of [20, 0]) {
    expect((await failureOf(() => send(get(server.origin), within))).message).toBe('Request: the login has ended.')
  }
})

test('a connection is kept from request to request, until one is sent fresh', async () => {
  const { server, ends } = await watched()
  const { send, sendFresh, close } = keepConnection(quiet)
  expect((await sendFresh(get(server.origin))).status).toBe(200)
  await send(get(server.origin))
  await send(get(server.origin))
  await sendFresh(get(server.origin))
  await send(get(server.origin))
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 1, 2, 2])
  expect((await failureOf(() => send(get(server.origin), 0))).code).toBe('TIMED_OUT')
  close()
  await Promise.all(ends)
})

test('a kept connection outlives the time of each request', async () => {
  const { server } = await watched()
  let now = 0
  const clock = { ...realClock, now: () => now }
  const { send, close } = keepConnection({ ...quiet, timeoutSeconds: 5, clock })
  await send(get(server.origin))
  now += 3_600_000
  expect((await send(get(server.origin))).status).toBe(200)
  expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1])
  close()
})
