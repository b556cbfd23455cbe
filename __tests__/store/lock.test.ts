import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { oneAtATime } from '../../src/store/lock.ts'
import { temporaryFolder } from './support.ts'

const nothing = () => undefined
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
  await Promise.all(Array.from({ length: 20 }, () => oneAtATime(join(folder, 'lock'), nothing, work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('what another one has done meanwhile is taken, and no work begins', async () => {
  const lock = join(temporaryFolder(), 'lock')
  let result: string | undefined
  const first = oneAtATime(lock, nothing, async () => {
    await pause(20)
    result = 'of the first'
    return result
  })
  const second = oneAtATime(
    lock,
    () => result,
    () => Promise.reject(new Error('worked twice')),
  )
  expect(await Promise.all([first, second])).toEqual(['of the first', 'of the first'])
})

test('the lock of a process that is gone is taken at once', async () => {
  const lock = join(temporaryFolder(), 'lock')
  writeFileSync(lock, `${noProcess} gone`)
  expect(await oneAtATime(lock, nothing, async () => 'done')).toBe('done')
  expect(existsSync(lock)).toBe(false)
})

test('a lock older than half a minute is taken, whoever has its number now', async () => {
  const lock = join(temporaryFolder(), 'lock')
  writeFileSync(lock, `${process.pid} silent`)
  const longAgo = new Date(Date.now() - 31_000)
  utimesSync(lock, longAgo, longAgo)
  expect(await oneAtATime(lock, nothing, async () => 'done')).toBe('done')
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
  expect(await oneAtATime(lock, nothing, async () => released)).toBe(true)
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
  await Promise.all(Array.from({ length: 30 }, () => oneAtATime(lock, nothing, work)))
  expect(most).toBe(1)
  expect(readdirSync(folder)).toEqual([])
})

test('work that fails releases the lock', async () => {
  const lock = join(temporaryFolder(), 'lock')
  await expect(oneAtATime(lock, nothing, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(existsSync(lock)).toBe(false)
})

test('a folder that is gone is an error, not an endless wait', async () => {
  await expect(oneAtATime(join(temporaryFolder(), 'gone', 'lock'), nothing, async () => 1)).rejects.toThrow('ENOENT')
})
