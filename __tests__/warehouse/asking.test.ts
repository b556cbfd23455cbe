import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import { askUntilAnswered, PATIENCE_MS } from '../../src/warehouse/asking.ts'
import { failureOf } from '../support/failures.ts'
import { effectsWith } from '../support/statement-effects.ts'

const fault = (more: { transient?: boolean; retryAfterMs?: number } = {}) =>
  new Fault(new ActionError('SERVER_UNAVAILABLE', 'The server answered 503.'), { transient: true, ...more })

/** Asks a server that fails so many times before it answers, and keeps what comes of it. */
async function ask(failures: readonly Fault[], spendMs = 0) {
  const { effects, told, clock } = effectsWith()
  const requests: { at: number; fresh: boolean | undefined }[] = []
  const asking = askUntilAnswered(
    'The statement',
    async ({ fresh }) => {
      requests.push({ at: clock.now(), fresh })
      clock.spend(spendMs)
      const failure = failures[requests.length - 1]
      if (failure !== undefined) throw failure
      return 'an answer'
    },
    effects,
  )
  const [settled] = await Promise.allSettled([asking])
  const pauses = requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0) - spendMs)
  return { settled, requests, pauses, told, end: clock.now() }
}

test('an answer is given as it is, and nothing is told', async () => {
  const { settled, requests, told } = await ask([])
  expect(settled).toEqual({ status: 'fulfilled', value: 'an answer' })
  expect([requests, told]).toEqual([[{ at: 0, fresh: false }], []])
})

test('pauses grow from 1 s to 30 s, and each request after a failure has a new connection', async () => {
  const { settled, pauses, requests } = await ask(Array.from({ length: 8 }, () => fault()))
  expect(settled.status).toBe('fulfilled')
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  expect(requests.map(({ fresh }) => fresh)).toEqual([false, ...Array(8).fill(true)])
})

test('a Retry-After counts, for 30 s at most', async () => {
  const { pauses } = await ask([fault({ retryAfterMs: 12_000 }), fault({ retryAfterMs: 3_600_000 })])
  expect(pauses).toEqual([12_000, 30_000])
})

test('a line at once, then one in 30 s, and one when there are answers again', async () => {
  const { told } = await ask(Array.from({ length: 7 }, () => fault()))
  expect(told).toEqual([
    'The statement: no answer that makes sense for 0 s, asked again. The server answered 503.',
    'The statement: no answer that makes sense for 31 s, asked again. The server answered 503.',
    'The statement: no answer that makes sense for 61 s, asked again. The server answered 503.',
    'The statement: there are answers again, after 91 s.',
  ])
})

test('a request that is not answered is told of after 30 s', async () => {
  const { effects, told, end } = effectsWith()
  const clock = {
    ...effects.clock,
    after: (ms: number, then: () => void) => {
      expect(ms).toBe(30_000)
      then()
      end()
      return () => undefined
    },
  }
  const asking = askUntilAnswered('The statement', () => new Promise(() => undefined), { ...effects, clock })
  await expect(asking).rejects.toThrow('ended by SIGINT')
  expect(told).toEqual([expect.stringContaining('The last request has had no answer yet.')])
})

test.each([0, 25_000])('ends ten minutes after it has begun, where a request takes %i ms', async (spendMs) => {
  const { settled, end } = await ask(
    Array.from({ length: 100 }, () => fault()),
    spendMs,
  )
  expect(settled).toMatchObject({
    reason: { code: 'STATEMENT_UNCERTAIN', message: expect.stringContaining('has come for 600 s.') },
  })
  expect(end).toBeGreaterThanOrEqual(PATIENCE_MS)
  expect(end).toBeLessThanOrEqual(PATIENCE_MS + 2 * spendMs)
})

test('a fault that does not pass ends it at once, and what is none comes out as it is', async () => {
  const { settled, requests } = await ask([fault({ transient: false })])
  expect(settled).toMatchObject({ reason: { code: 'STATEMENT_UNCERTAIN', message: 'The server answered 503.' } })
  expect(requests).toHaveLength(1)
  const { effects } = effectsWith()
  const failure = new ActionError('INPUT_INVALID', 'm')
  expect(await failureOf(() => askUntilAnswered('x', () => Promise.reject(failure), effects))).toBe(failure)
})

test('ends with its signal while it pauses', async () => {
  const { effects, end } = effectsWith()
  const asking = askUntilAnswered(
    'The statement',
    async () => {
      setImmediate(end)
      throw fault()
    },
    { ...effects, clock: { ...effects.clock, pause: () => new Promise(() => undefined) } },
  )
  await expect(asking).rejects.toThrow('ended by SIGINT')
})
