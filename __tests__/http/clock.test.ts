import { afterEach, expect, test, vi } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import { realClock } from '../../src/http/clock.ts'
import type { HttpRequest } from '../../src/http/request.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { connect } from '../support/connections.ts'
import { codeOf } from '../support/failures.ts'

afterEach(async () => {
  vi.restoreAllMocks()
  await cleanUp()
})

const HOUR_MS = 3_600_000

/** Sets the clock on the wall, which time limits must not go by. */
function setClock(byMs: number): void {
  const real = Date.now
  vi.spyOn(Date, 'now').mockImplementation(() => real() + byMs)
}

const get = (origin: string) => (): HttpRequest => ({ purpose: 'Request', method: 'GET', url: new URL(origin) })

test('a clock that is set forward costs a login none of its time', async () => {
  let answers = 0
  const server = later(
    await serve(() => {
      if (answers++ === 0) setClock(HOUR_MS)
      return { status: answers === 1 ? 503 : 200, json: {} }
    }),
  )
  expect((await connect({ timeoutSeconds: 20 })(get(server.origin))).status).toBe(200)
})

// A server that limits its callers is asked for as long as the login may take: with an hour more it would be an hour.
test('a clock that is set back gives a login no more time', async () => {
  let answers = 0
  const server = later(
    await serve(() => {
      if (answers++ === 0) setClock(-HOUR_MS)
      return { status: 429 }
    }),
  )
  const send = connect({ timeoutSeconds: 1, random: () => 0.5 })
  expect(['TIMED_OUT', 'SERVER_UNAVAILABLE']).toContain(await codeOf(() => send(get(server.origin))))
})

test('a limit comes, unless it is taken back', async () => {
  const takenBack = vi.fn()
  realClock.after(1, takenBack)()
  await new Promise<void>((resolve) => {
    realClock.after(2, resolve)
  })
  expect(takenBack).not.toHaveBeenCalled()
})

test('a pause ends with its signal, whenever that comes, and without an error', async () => {
  const given = new AbortController()
  const pauses = [realClock.pause(HOUR_MS, AbortSignal.abort()), realClock.pause(HOUR_MS, given.signal)]
  given.abort()
  expect(await Promise.all(pauses)).toEqual([undefined, undefined])
})
