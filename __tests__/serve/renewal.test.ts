import { expect, test } from 'vitest'
import { renewingToken } from '../../src/serve/renewal.ts'
import type { StoredToken } from '../../src/store/login-store.ts'
import { tokenOf } from '../store/support.ts'

const START = 1_800_000_000

/** A program's token on a clock that only the test moves, with a disk that keeps what it is told to. */
function running(lifetime: number, { full = false } = {}) {
  const first = tokenOf('first', START, lifetime)
  let time = START
  let kept: StoredToken = first
  let logins = 0
  const next = renewingToken({
    first,
    current: () => kept,
    renew: async () => {
      logins++
      const token = tokenOf(`renewed-${logins}`, time, lifetime)
      if (!full) kept = token
      return token
    },
    report: () => undefined,
    now: () => time,
  })
  return {
    next,
    logins: () => logins,
    at: (seconds: number) => {
      time = START + seconds
    },
    keepAnother: (name: string) => {
      kept = tokenOf(name, time, lifetime)
    },
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

test('a newer one that another process of the job kept is used', async () => {
  const { next, logins, at, keepAnother } = running(300)
  at(140)
  keepAnother('of another')
  at(200)
  expect((await next())?.accessToken).toBe('access-token-of another')
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
