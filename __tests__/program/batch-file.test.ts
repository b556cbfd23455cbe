import { expect, test } from 'vitest'
import { startOfBatch } from '../../src/program/batch-file.ts'

const environment = { SYSTEMROOT: 'D:\\Windows', ComSpec: 'C:\\checkout\\cmd.exe' }
const start = (...parameters: string[]) => startOfBatch('C:\\Program Files\\npm.cmd', parameters, environment)
const lineOf = (...parameters: string[]): string => {
  const started = start(...parameters)
  return typeof started === 'string' ? started : (started.parameters.at(-1) ?? '')
}

test("cmd is Windows' own, without start-up commands and delayed expansion", () => {
  expect(start('install')).toEqual({
    cmd: 'D:\\Windows\\System32\\cmd.exe',
    parameters: ['/d', '/v:off', '/s', '/c', '""C:\\Program Files\\npm.cmd" install"'],
  })
})

test.each([
  ['--flag', '--flag'],
  ['C:\\folder\\file.txt', 'C:\\folder\\file.txt'],
  ['', '""'],
  ['a b', '"a b"'],
  ['a=b', '"a=b"'],
  ['a&b|c<d>e^f!g(h)', '"a&b|c<d>e^f!g(h)"'],
  ['C:\\folder\\', '"C:\\folder\\\\"'],
  ['say "hi"', '"say ""hi"""'],
  ['\\"', '"\\\\"""'],
  ['" & calc & "', '""" & calc & """'],
  ['東京', '"東京"'],
])('%j stands in the line as %s', (argument, quoted) => {
  expect(lineOf(argument)).toBe(`""C:\\Program Files\\npm.cmd" ${quoted}"`)
})

test.each([
  ['%PATH%', 'a percent sign'],
  ['100%', 'a percent sign'],
  ['a\nb', 'a line break'],
  ['a\rb', 'a line break'],
  ['a\0b', 'a line break'],
])('%j is refused by its number, and not repeated', (argument, what) => {
  expect(start('first', argument)).toBe(`is a batch file, and cmd would read ${what} in argument 2 as its own`)
})

test('a path with a percent sign is refused', () => {
  const path = 'C:\\%TEMP%\\npm.cmd'
  expect(startOfBatch(path, [], environment)).toContain('a percent sign in its path')
})

test('a line that cmd would cut is refused', () => {
  expect(start('a'.repeat(8000))).toBeTypeOf('object')
  expect(start('a'.repeat(8191))).toContain('longer than cmd reads (8191 characters)')
})
