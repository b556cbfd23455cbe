import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { parseRetryAfter } from '../../src/http/attempt.ts'
import { Fault } from '../../src/http/fault.ts'
import { MAX_FAULTS, withRetries } from '../../src/http/retry.ts'
import { isRetryable } from '../../src/http/status.ts'
import { failureOf } from '../support/failures.ts'
import { readRepository } from '../support/repository.ts'

const AGES = 1_000_000_000
// No clock begins with the login.
const START = 5_000_000

const fault = (more: { transient?: boolean; limited?: boolean; retryAfterMs?: number } = {}): Fault =>
  new Fault(new ActionError('SERVER_UNAVAILABLE', 'It failed.', { serverText: 'try later' }), {
    transient: true,
    ...more,
  })

/** Runs attempts with these outcomes; the last one stays. */
async function attempts(outcomes: (string | Fault)[], { timeLeftMs = AGES, random = 0.5 } = {}) {
  const waits: number[] = []
  const lines: string[] = []
  let tries = 0
  const run = withRetries(
    async (number) => {
      tries = number
      const outcome = outcomes[Math.min(number, outcomes.length) - 1] ?? fault()
      if (typeof outcome !== 'string') throw outcome
      return outcome
    },
    {
      lastMoment: START + timeLeftMs,
      now: () => START,
      random: () => random,
      pause: async (ms) => {
        waits.push(Math.round(ms))
      },
      info: (line) => lines.push(line),
    },
  )
  const answer = await run.catch((thrown: unknown) => {
    if (thrown instanceof ActionError) return thrown
    throw thrown
  })
  return { answer, waits, lines, tries }
}

// One before each attempt but the first.
const backoffs = (random: number) => Array.from({ length: MAX_FAULTS - 1 }, (_, index) => random * 200 * 2 ** index)

test('exponential with full jitter from 200 ms, for as many faults as there may be', async () => {
  for (const random of [0, 0.25, 1]) {
    expect(await attempts([fault()], { random })).toMatchObject({ waits: backoffs(random), tries: MAX_FAULTS })
  }
})

test('docs/reliability.md says how many attempts there are', () => {
  const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']
  const page = readRepository('docs', 'reliability.md')
  expect(page).toContain(`There are at most ${numbers[MAX_FAULTS]} attempts.`)
})

test('an answer ends it', async () => {
  expect(await attempts([fault(), fault(), 'here'])).toMatchObject({ answer: 'here', tries: 3 })
  expect(await attempts(['here'])).toMatchObject({ answer: 'here', tries: 1, lines: [] })
})

test('what does not pass is not tried again', async () => {
  expect(await attempts([fault({ transient: false })])).toMatchObject({ tries: 1, waits: [] })
})

test('each retry is one line', async () => {
  const { lines } = await attempts([fault(), fault(), 'here'])
  expect(lines).toEqual([
    'It failed. Trying again in 0.1 s (attempt 2).',
    'It failed. Trying again in 0.2 s (attempt 3).',
  ])
})

test('a limit of callers is bounded by time alone, and waits 10 s at most', async () => {
  const limited = [...Array.from({ length: 30 }, () => fault({ limited: true })), 'here']
  const { answer, waits, tries } = await attempts(limited, { random: 0.999_999 })
  expect([answer, tries]).toEqual(['here', 31])
  expect(waits.slice(0, 7)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000])
  expect(Math.max(...waits)).toBe(10_000)
})

test('after a Retry-After comes a random part of as much again, or of the backoff if that is longer', async () => {
  const [shorter, longer] = [fault({ retryAfterMs: 300 }), fault({ retryAfterMs: 5000 })]
  for (const random of [0, 0.25, 1]) {
    const { waits } = await attempts([shorter, longer, shorter], { random })
    expect(waits).toEqual([300 + random * 300, 5000 + random * 5000, 300 + random * 800])
  }
})

test('that part is drawn from what is left after Retry-After and 5 s for the request, not cut to it', async () => {
  const asking = [fault({ retryAfterMs: 30_000 }), 'here']
  for (const random of [0, 0.25, 1]) {
    const { waits } = await attempts(asking, { random, timeLeftMs: 45_000 })
    expect(waits).toEqual([30_000 + random * 10_000])
  }
})

test('where no more than the 5 s are left, the wait is Retry-After alone', async () => {
  for (const timeLeftMs of [30_001, 35_000]) {
    const { waits } = await attempts([fault({ retryAfterMs: 30_000 }), 'here'], { random: 1, timeLeftMs })
    expect(waits).toEqual([30_000])
  }
})

test('a Retry-After that does not fit: fails at once, and says so', async () => {
  const { answer, tries } = await attempts([fault({ retryAfterMs: 3_600_000 })], { timeLeftMs: 60_000 })
  expect(tries).toBe(1)
  expect(answer).toMatchObject({
    code: 'SERVER_UNAVAILABLE',
    message: 'It failed. It asks to wait 3600.0 s, longer than the time that is left.',
    serverText: 'try later',
  })
})

test('a Retry-After that takes all the time there is does not fit', async () => {
  const { answer, tries } = await attempts([fault({ retryAfterMs: 700 })], { timeLeftMs: 700 })
  expect([tries, answer]).toMatchObject([
    1,
    { message: 'It failed. It asks to wait 0.7 s, longer than the time that is left.' },
  ])
  expect(await attempts([fault({ retryAfterMs: 699 }), 'here'], { timeLeftMs: 700 })).toMatchObject({ answer: 'here' })
})

test('a backoff that takes all the time there is does not fit', async () => {
  expect(await attempts([fault()], { random: 0.5, timeLeftMs: 100 })).toMatchObject({ tries: 1, waits: [] })
})

test('a backoff that no longer fits is not put on the server', async () => {
  const { answer, tries } = await attempts([fault({ retryAfterMs: 0 })], { timeLeftMs: 10 })
  expect([tries, answer]).toMatchObject([1, { message: 'It failed.' }])
})

test('what is thrown and no fault is not caught', async () => {
  const thrown = new ActionError('SUBJECT_TOKEN_EXPIRED', 'Expired.')
  const timing = {
    lastMoment: AGES,
    now: () => 0,
    random: () => 0,
    pause: async () => {},
    info: () => {},
  }
  expect(await failureOf(() => withRetries(() => Promise.reject(thrown), timing))).toBe(thrown)
})

const now = Date.parse('2026-01-01T00:00:00Z')

test.each([
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  [' 7 ', 7000],
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
])('Retry-After: %s', (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(ms)
})

test('a Retry-After of any number of digits is a time', () => {
  expect(parseRetryAfter('9'.repeat(400), now)).toBe(Number.POSITIVE_INFINITY)
})

test('statuses that may pass', () => {
  const passing = Array.from({ length: 500 }, (_, index) => 100 + index).filter(isRetryable)
  expect(passing).toEqual([408, 429, 500, 502, 503, 504])
})
