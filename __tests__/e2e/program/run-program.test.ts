import { expect, test } from 'vitest'
import { runProgram } from '../../../src/program/run-program.ts'
import { needsHere } from '../../support/needs.ts'

const node = (script: string) => [process.execPath, '-e', script]

const endOf = (program: string[]) => runProgram(program, { PATH: process.env['PATH'] }, () => undefined)

test.each([
  [node('process.exit(0)'), 0],
  [node('process.exit(7)'), 7],
  [['no-such-program-anywhere'], 127],
  [['/'], 126],
  [[''], 127],
  [[process.execPath, 'nothing\0after'], 126],
])('%j ends with %i', async (program, exitCode) => {
  expect(await endOf(program)).toBe(exitCode)
})

test('a path through a file ends with 126', async (context) => {
  needsHere(context, 'ENOTDIR')
  expect(await endOf(['/etc/passwd/x'])).toBe(126)
})

test('a program that a signal ended ends with 128 and its number', async (context) => {
  needsHere(context, 'signals')
  expect(await endOf(node('process.kill(process.pid, "SIGTERM")'))).toBe(143)
  expect(await endOf(node('process.kill(process.pid, "SIGKILL")'))).toBe(137)
})
