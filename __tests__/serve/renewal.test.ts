import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renewingToken } from '../../src/serve/renewal.ts'
import { freshToken } from '../../src/store/fresh-token.ts'
import { rememberToken } from '../../src/store/remembered-token.ts'
import { renewalThreshold } from '../../src/store/token-lifetime.ts'
import { keep, tokenOf } from '../store/support.ts'

const START = 1_800_000_000

/** A program's token on a clock that only the test moves, with a disk that may be full. */
function running(lifetime: number, { full = false } = {}) {
  let time = START
  let logins = 0
  const disk = keep(tokenOf('first', START, lifetime))
  const refuse = () => {
    throw new Error('ENOSPC')
  }
  const kept = rememberToken(full ? { ...disk, writeToken: refuse } : disk, () => time)
  kept.readToken()
  const logIn = async () => ({ accessToken: `access-token-renewed-${++logins}`, expiresAt: time + lifetime })
  const effects = { logIn, timeoutSeconds: 60, describe: String, warning: () => undefined, now: () => time }
  const renew = () => freshToken(kept, renewalThreshold, effects)
  return {
    next: renewingToken({ current: kept.readToken, renew, report: () => undefined, now: () => time }),
    logins: () => logins,
    at: (seconds: number) => {
      time = START + seconds
    },
    keepAnother: (name: string) => disk.writeToken(tokenOf(name, time, lifetime)),
    wipe: () => rmSync(disk.folder, { recursive: true }),
  }
}

test('a token that could not be kept is used to its end, and renewed then', async () => {
  const { next, logins, at } = running(300, { full: true })
  at(151)
  expect((await next())?.accessToken).toBe('access-token-renewed-1')
  at(299)
  expect((await next())?.accessToken).toBe('access-token-renewed-1')
  expect(logins()).toBe(1)
  at(302)
  expect((await next())?.accessToken).toBe('access-token-renewed-2')
  expect(logins()).toBe(2)
})

test('with its folder gone a program is served to the end of the job, with as few logins as before', async () => {
  const { next, logins, at, wipe } = running(300)
  wipe()
  for (let second = 0; second < 3600; second++) {
    at(second)
    expect(await next()).toBeDefined()
  }
  expect(logins()).toBe(Math.floor(3600 / 151))
})

test('a newer one that another process of the job kept is used', async () => {
  const { next, logins, at, keepAnother } = running(300)
  at(140)
  keepAnother('of-another')
  at(200)
  expect((await next())?.accessToken).toBe('access-token-of-another')
  expect(logins()).toBe(0)
})

test('a token of 60 s is not given in its last 40, although more than half of its life is left', async () => {
  const { next, at } = running(60)
  at(21)
  expect((await next())?.accessToken).toBe('access-token-renewed-1')
})

test.each([true, false])(
  'when the clock is set back an hour a new token is used, on a full disk (%s), too',
  async (full) => {
    const { next, logins, at } = running(300, { full })
    at(-3600)
    expect((await next())?.accessToken).toBe('access-token-renewed-1')
    at(-3500)
    expect((await next())?.accessToken).toBe('access-token-renewed-1')
    expect(logins()).toBe(1)
  },
)

test('after a login that failed nobody starts another for three seconds', async () => {
  let time = START
  const failures: unknown[] = []
  const next = renewingToken({
    current: () => undefined,
    renew: () => Promise.reject(new Error('refused')),
    report: (thrown) => failures.push(thrown),
    now: () => time,
  })
  for (const [second, logins] of [
    [0, 1],
    [2.9, 1],
    [3, 2],
  ] as const) {
    time = START + second
    expect([await next(), failures.length]).toEqual([undefined, logins])
  }
})
