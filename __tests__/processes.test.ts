import { expect, test } from 'vitest'
import { isRunning, knownProcess, linkOf, readProcess, writeProcess } from '../src/processes.ts'

const GONE = 2 ** 22 + 1

test('a process is written as one word, and read again', () => {
  const own = knownProcess(process.pid)
  expect(readProcess(writeProcess(own))).toEqual(own)
  expect(readProcess('7:')).toEqual({ pid: 7, startedAt: undefined })
})

test.each(['', ':', '0:1', '-1:1', '1', '1:x', '1:1 ', 'x:1', '01:1'])('%j names no process', (text) => {
  expect(readProcess(text)).toBeUndefined()
})

test('this process runs, by its number and by its start', () => {
  expect([isRunning(knownProcess(process.pid)), isRunning({ pid: process.pid, startedAt: undefined })]).toEqual([
    true,
    true,
  ])
})

test('one that is gone does not run', () => {
  expect([isRunning({ pid: GONE, startedAt: undefined }), isRunning({ pid: GONE, startedAt: '1' })]).toEqual([
    false,
    false,
  ])
})

test.skipIf(linkOf(process.pid) === undefined)('another process under its number is not it', () => {
  expect(isRunning({ pid: process.pid, startedAt: '1' })).toBe(false)
})
