import { expect, test } from 'vitest'
import { renewingToken } from '../../src/serve/renewal.ts'
import { freshToken } from '../../src/store/fresh-token.ts'
import { secondsLeft } from '../../src/store/token-lifetime.ts'
import { keep, tokenOf } from './support.ts'

const HOUR = 3600
const now = 1_800_000_000

test('a clock that was set back does not make a token live longer: it is renewed', async () => {
  const kept = keep(tokenOf('kept', now, 250))
  const earlier = now - HOUR
  const logIn = async () => ({ accessToken: 'renewed', expiresAt: earlier + 300 })
  const effects = { logIn, timeoutSeconds: 60, describe: String, warning: () => undefined, now: () => earlier }
  expect((await freshToken(kept, () => 60, effects)).accessToken).toBe('renewed')
})

test('exec renews such a token, too, and hands it out to nobody', async () => {
  const kept = keep(tokenOf('kept', now, 250))
  let asked = 0
  const renew = async () => {
    asked++
    throw new Error('no')
  }
  const token = renewingToken({ current: kept.readToken, renew, report: () => undefined, now: () => now - HOUR })
  expect(await token()).toBeUndefined()
  expect(asked).toBe(1)
})

test.each([
  [0, 250],
  [-30, 280],
  [-60, 310],
  [-61, 0],
  [-HOUR, 0],
  [HOUR, 250 - HOUR],
])('%i s after its login a token of 250 s has %i s left', (after, left) => {
  expect(secondsLeft(tokenOf('kept', now, 250), now + after)).toBe(left)
})
