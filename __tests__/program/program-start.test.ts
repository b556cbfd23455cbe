import { expect, test } from 'vitest'
import { startOf, startOnWindows } from '../../src/program/program-start.ts'

const environment = { PATH: 'C:\\tools', PATHEXT: '.EXE;.CMD', SystemRoot: 'C:\\Windows' }

/** Starts a program on Windows, where these files are. */
const start = (program: string, files: readonly string[], ...parameters: string[]) =>
  startOnWindows(program, parameters, environment, {
    folder: 'C:\\checkout',
    isFile: (path) => files.includes(path) && !path.endsWith('\\'),
    exists: (path) => files.includes(path),
  })

test('a program of Windows is started by its file, and its arguments are left to Node to quote', () => {
  expect(start('dbt', ['C:\\tools\\dbt.exe'], 'a b')).toEqual({
    file: 'C:\\tools\\dbt.exe',
    parameters: ['a b'],
    environment,
    verbatim: false,
  })
})

test('a batch file is started by cmd, with its arguments as they stand', () => {
  expect(start('dbt', ['C:\\tools\\dbt.cmd'], 'a b')).toEqual({
    file: 'C:\\Windows\\System32\\cmd.exe',
    parameters: ['/d', '/v:off', '/s', '/c', '""C:\\tools\\dbt.cmd" "a b""'],
    environment,
    verbatim: true,
  })
})

test('an argument that a batch file would not get as it is says why nothing is started', () => {
  expect(start('dbt', ['C:\\tools\\dbt.cmd'], '100%')).toMatch(/^is a batch file, and cmd would read a percent sign/)
})

test('what is there and no program cannot be executed, and what is not there is not found', () => {
  expect(start('C:\\tools\\', ['C:\\tools\\'])).toBe('cannot be executed')
  expect(start('.\\notes.txt', ['.\\notes.txt'])).toBe('cannot be executed')
  expect(start('.\\notes.txt', [])).toBeUndefined()
  // A name alone is looked for on PATH, whatever the current directory holds.
  expect(start('notes.txt', ['notes.txt'])).toBeUndefined()
})

test('no name is no program', () => {
  expect(startOf('', [], environment)).toBeUndefined()
})
