import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { steeredClock } from '../../../sandbox/faults/steered-clock.ts'

const open = new AbortController().signal
// Far longer than the clock waits before it jumps.
const longEnough = () => sleep(100)

test('a limit comes when its request is stalled, and not before', async () => {
  const { now, after, stalled } = steeredClock()
  const startedAt = now()
  const rung: string[] = []
  after(60_000, () => rung.push('limit'))
  await longEnough()
  expect([rung, now()]).toEqual([[], startedAt])
  stalled()
  await longEnough()
  expect([rung, now()]).toEqual([['limit'], startedAt + 60_000])
})

test('a wait takes no time, unless a request is under way', async () => {
  const { now, after, pause } = steeredClock()
  const startedAt = now()
  const answered = after(500, () => undefined)
  let waited = false
  const wait = pause(3_600_000, open).then(() => {
    waited = true
  })
  await longEnough()
  expect([waited, now()]).toEqual([false, startedAt])
  answered()
  await wait
  expect(now()).toBe(startedAt + 3_600_000)
})

test('what comes first rings first', async () => {
  const { after, pause, stalled } = steeredClock()
  const rung: string[] = []
  after(500, () => rung.push('limit'))
  const wait = pause(1000, open).then(() => rung.push('wait'))
  stalled()
  await wait
  expect(rung).toEqual(['limit', 'wait'])
})

test('a wait that is given up ends at once', async () => {
  const { now, after, pause } = steeredClock()
  const startedAt = now()
  after(500, () => undefined)
  const given = new AbortController()
  const wait = pause(1000, given.signal)
  given.abort()
  await wait
  await pause(1000, given.signal)
  expect(now()).toBe(startedAt)
})
