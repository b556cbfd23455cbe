import { randomUUID } from 'node:crypto'
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from '../../src/store/lock.ts'
import { temporaryFolder } from './support.ts'

const nothing = () => undefined
const WITHIN = 60
const alone = <Result>(lock: string, work: () => Promise<Result>) =>
  oneAtATime(lock, { done: nothing, work, withinSeconds: WITHIN })
const noProcess = 4_194_304 + 1

test('work is done one at a time, and the lock goes with it', async () => {
  const folder = temporaryFolder()
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await pause(5)
    inside--
    return true
  }
  await Promise.all(Array.from({ length: 20 }, () => alone(join(folder, 'lock'), work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('what another one has done meanwhile is taken, and no work begins', async () => {
  const lock = join(temporaryFolder(), 'lock')
  let result: string | undefined
  const first = alone(lock, async () => {
    await pause(20)
    result = 'of the first'
    return result
  })
  const work = () => Promise.reject(new Error('worked twice'))
  const second = oneAtATime(lock, { done: () => result, work, withinSeconds: WITHIN })
  expect(await Promise.all([first, second])).toEqual(['of the first', 'of the first'])
})

test('the lock of a process that is gone is taken at once', async () => {
  const lock = join(temporaryFolder(), 'lock')
  writeFileSync(lock, `${noProcess} gone`)
  expect(await alone(lock, async () => 'done')).toBe('done')
  expect(existsSync(lock)).toBe(false)
})

test('a lock older than half a minute is taken, whoever has its number now', async () => {
  const lock = join(temporaryFolder(), 'lock')
  writeFileSync(lock, `${process.pid} silent`)
  const longAgo = new Date(Date.now() - 31_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await alone(lock, async () => 'done')).toBe('done')
})

test('the lock of a process that runs is left alone, however busy that is', async () => {
  const lock = join(temporaryFolder(), 'lock')
  writeFileSync(lock, `${process.pid} busy`)
  const aWhileAgo = new Date(Date.now() - 5000)
  utimesSync(lock, aWhileAgo, aWhileAgo)
  let released = false
  setTimeout(() => {
    released = true
    rmSync(lock)
  }, 200)
  expect(await alone(lock, async () => released)).toBe(true)
})

test('of many that see the same dead lock one at a time works', async () => {
  const folder = temporaryFolder()
  const lock = join(folder, 'lock')
  writeFileSync(lock, `${noProcess} gone`)
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await pause(2)
    inside--
    return true
  }
  await Promise.all(Array.from({ length: 30 }, () => alone(lock, work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('work that fails releases the lock', async () => {
  const lock = join(temporaryFolder(), 'lock')
  await expect(alone(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(lock)).toBe(false)
})

test('without its folder the work is done without a lock', async () => {
  expect(await alone(join(temporaryFolder(), 'gone', 'lock'), async () => 'done')).toBe('done')
})

// It leads nowhere, so that not even root can read it; a lock that root left is such a one for everybody else.
function unreadable(lock: string, secondsAgo: number): void {
  symlinkSync('nowhere', lock)
  const then = Date.now() / 1000 - secondsAgo
  lutimesSync(lock, then, then)
}

test.each([
  ['older than half a minute', 31],
  ['of a time to come', -31],
])('a lock that cannot be read and is %s is taken', async (_, secondsAgo) => {
  const lock = join(temporaryFolder(), 'lock')
  unreadable(lock, secondsAgo)
  expect(await alone(lock, async () => 'done')).toBe('done')
})

test('one that cannot be read is left alone while its owner may still be at it', async () => {
  const lock = join(temporaryFolder(), 'lock')
  unreadable(lock, 5)
  let released = false
  setTimeout(() => {
    released = true
    rmSync(lock)
  }, 200)
  expect(await alone(lock, async () => released)).toBe(true)
})

test('no work takes longer than it may: an older lock is taken', async () => {
  const lock = join(temporaryFolder(), 'lock')
  unreadable(lock, 5)
  const work = async () => 'done'
  expect(await oneAtATime(lock, { done: nothing, work, withinSeconds: 4 })).toBe('done')
})

test('nobody waits longer than the work may take, however often the lock changes hands', async () => {
  const lock = join(temporaryFolder(), 'lock')
  const changeHands = () => writeFileSync(lock, `${process.pid} ${randomUUID()}`)
  changeHands()
  const timer = setInterval(changeHands, 10)
  const work = async () => 'done'
  expect(await oneAtATime(lock, { done: nothing, work, withinSeconds: 0.3 })).toBe('done')
  clearInterval(timer)
})

test('where an old lock cannot be removed the work is done without', async () => {
  const lock = join(temporaryFolder(), 'lock')
  mkdirSync(lock)
  const longAgo = new Date(Date.now() - 31_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await alone(lock, async () => 'done')).toBe('done')
  expect(existsSync(lock)).toBe(true)
})
