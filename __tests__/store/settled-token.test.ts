import { expect, test } from 'vitest'
import { settledFirst } from '../../src/store/settled-token.ts'
import { tokenOf } from './support.ts'

const START = 1_800_000_000

/** Hands out on a clock that only the test moves; how long each was waited for, in milliseconds. */
function handingOut(first = tokenOf('first', START)) {
  let time = START
  const pauses: number[] = []
  const pause = async (ms: number) => pauses.push(Math.round(ms))
  const handOut = settledFirst({ first, now: () => time, pause })
  return {
    handOut,
    pauses,
    at: (seconds: number) => {
      time = START + seconds
    },
  }
}

test('a renewed token is handed out one second after it was kept', async () => {
  const { handOut, pauses, at } = handingOut()
  at(160)
  expect(await handOut(tokenOf('second', START + 160))).toMatchObject({ accessToken: 'access-token-second' })
  await handOut(tokenOf('second', START + 160))
  expect(pauses).toEqual([1000])
})

test('what is left of that second, for one that was kept a while ago', async () => {
  const { handOut, pauses, at } = handingOut()
  at(160.4)
  await handOut(tokenOf('second', START + 160))
  at(170)
  await handOut(tokenOf('third', START + 165))
  expect(pauses).toEqual([600])
})

test('a clock that was set back makes nobody wait longer', async () => {
  const { handOut, pauses, at } = handingOut()
  at(100)
  await handOut(tokenOf('second', START + 200))
  expect(pauses).toEqual([1000])
})

test('the token of the login step is handed out at once, and so is one whose predecessor has ended', async () => {
  const { handOut, pauses, at } = handingOut()
  await handOut(tokenOf('first', START))
  at(265)
  await handOut(tokenOf('second', START + 265))
  expect(pauses).toEqual([])
})
