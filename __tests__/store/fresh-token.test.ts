import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { renewingToken } from '../../src/serve/renewal.ts'
import { type FreshTokenEffects, freshToken } from '../../src/store/fresh-token.ts'
import { renewalThreshold } from '../../src/store/token-lifetime.ts'
import { keep, tokenOf } from './support.ts'

const HOUR = 3600

/** A login service whose tokens live for so many seconds, on a clock that only the test moves. */
function service(lifetime: number, start = 1_800_000_000) {
  let time = start
  let failing = false
  const warnings: string[] = []
  const logins: number[] = []
  const effects: FreshTokenEffects = {
    logIn: async () => {
      logins.push(time)
      if (failing) throw new ActionError('SERVER_UNAVAILABLE', 'The server is out.')
      return { accessToken: `access-token-${logins.length}`, expiresAt: time + lifetime }
    },
    timeoutSeconds: 60,
    describe: (thrown) => (thrown instanceof Error ? thrown.message : ''),
    warning: (line) => warnings.push(line),
    now: () => time,
  }
  return {
    effects,
    logins,
    warnings,
    kept: keep(tokenOf('of-the-step', start, lifetime)),
    advance: (seconds: number) => {
      time += seconds
    },
    fail: (now: boolean) => {
      failing = now
    },
  }
}

const MIN_VALIDITY = 60

test('a job of six hours that asks once a second gets no token in its last 40 seconds, and few logins', async () => {
  const { effects, kept, logins, advance } = service(300)
  let least = Number.POSITIVE_INFINITY
  for (let second = 0; second < 6 * HOUR; second++) {
    const token = await freshToken(kept, () => MIN_VALIDITY, effects)
    least = Math.min(least, token.expiresAt - effects.now())
    advance(1)
  }
  expect(least).toBeGreaterThanOrEqual(MIN_VALIDITY)
  const fewest = Math.floor((6 * HOUR) / (300 - MIN_VALIDITY))
  expect(logins.length).toBeLessThanOrEqual(fewest * 1.1)
})

test.each([300, 90, 3600])(
  'clients of exec that ask once a second for six hours, tokens of %i s',
  { timeout: 60_000 },
  async (lifetime) => {
    const { effects, kept, logins, advance } = service(lifetime)
    const renew = () => freshToken(kept, renewalThreshold, effects)
    const next = renewingToken({ current: kept.readToken, renew, report: () => undefined, now: effects.now })
    let least = Number.POSITIVE_INFINITY
    for (let second = 0; second < 6 * HOUR; second++) {
      const token = await next()
      least = Math.min(least, (token?.expiresAt ?? 0) - effects.now())
      advance(1)
    }
    expect(least).toBeGreaterThan(40)
    const used = lifetime - renewalThreshold(tokenOf('any', 0, lifetime))
    expect(logins.length).toBeLessThanOrEqual(Math.ceil((6 * HOUR) / used) * 1.1)
  },
)

test('a kept token is given, with a warning, while a login fails and it has more than 40 s', async () => {
  const { effects, kept, warnings, advance, fail } = service(300)
  fail(true)
  advance(300 - 41)
  expect((await freshToken(kept, () => MIN_VALIDITY, effects)).accessToken).toBe('access-token-of-the-step')
  expect(warnings).toHaveLength(1)
  advance(1)
  await expect(freshToken(kept, () => MIN_VALIDITY, effects)).rejects.toMatchObject({
    code: 'SERVER_UNAVAILABLE',
  })
})

test('a fresh token that cannot meet the validity asked for is given all the same', async () => {
  const { effects, kept, logins, advance } = service(300)
  advance(1)
  expect((await freshToken(kept, () => 400, effects)).accessToken).toBe('access-token-1')
  expect(logins).toHaveLength(1)
})

test('a disk that is full loses neither a new token nor the reason of a failure', async () => {
  const { effects, kept, advance, fail } = service(300)
  const full = () => {
    throw new Error('ENOSPC')
  }
  const onFullDisk = { ...kept, writeToken: full, writeFailure: full }
  advance(290)
  expect((await freshToken(onFullDisk, () => MIN_VALIDITY, effects)).accessToken).toBe('access-token-1')
  fail(true)
  await expect(freshToken(onFullDisk, () => MIN_VALIDITY, effects)).rejects.toMatchObject({
    code: 'SERVER_UNAVAILABLE',
  })
})

test('a login that cannot be repeated gives its token while it is of use, and then says what to do', async () => {
  const { effects, kept, warnings, advance } = service(300)
  const once = { ...effects, logIn: undefined }
  advance(250)
  expect((await freshToken(kept, () => MIN_VALIDITY, once)).accessToken).toBe('access-token-of-the-step')
  expect(warnings).toEqual([])
  advance(20)
  await expect(freshToken(kept, () => MIN_VALIDITY, once)).rejects.toMatchObject({
    code: 'TOKEN_NOT_RENEWABLE',
  })
})

test('calls at the same time share one login, and one failure', async () => {
  const { effects, kept, logins, advance, fail } = service(300)
  advance(290)
  const calls = () =>
    Promise.allSettled(Array.from({ length: 50 }, () => freshToken(kept, () => MIN_VALIDITY, effects)))
  fail(true)
  const failed = await calls()
  expect(failed.every(({ status }) => status === 'rejected')).toBe(true)
  expect(logins).toHaveLength(1)
  advance(1)
  fail(false)
  const given = await calls()
  expect(new Set(given.map((result) => result.status === 'fulfilled' && result.value.accessToken))).toEqual(
    new Set(['access-token-2']),
  )
  expect(logins).toHaveLength(2)
})

test('while renewals fail clients get the old token to its last 40 seconds, then nothing, then a new one', async () => {
  const { effects, kept, advance, fail } = service(300)
  const reports: unknown[] = []
  const renew = () => freshToken(kept, renewalThreshold, effects)
  const report = (thrown: unknown) => reports.push(thrown)
  const next = renewingToken({ current: kept.readToken, renew, report, now: effects.now })
  fail(true)
  advance(255)
  expect((await next())?.accessToken).toBe('access-token-of-the-step')
  advance(10)
  expect(await next()).toBeUndefined()
  expect(reports).toHaveLength(1)
  fail(false)
  advance(3)
  expect((await next())?.accessToken).toMatch(/^access-token-\d$/)
})
