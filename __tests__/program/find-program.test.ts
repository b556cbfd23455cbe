import { win32 } from 'node:path'
import { expect, test } from 'vitest'
import { findOnWindows, isBatch, variableOf } from '../../src/program/find-program.ts'

const environment = { Path: 'C:\\one;"C:\\two words";.;tools;\\rooted;;D:\\three', PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS' }

const find = (program: string, files: readonly string[], given: Record<string, string> = environment) =>
  findOnWindows(program, given, {
    folder: 'C:\\checkout',
    // As the system would: what is not absolute is taken from the current directory.
    isFile: (path) => files.some((file) => file.toLowerCase() === win32.resolve('C:\\checkout', path).toLowerCase()),
  })

test.each([
  ['npm', ['D:\\three\\npm.cmd'], 'D:\\three\\npm.cmd'],
  ['npm', ['D:\\three\\npm.exe', 'C:\\two words\\npm.cmd'], 'C:\\two words\\npm.cmd'],
  ['npm', ['C:\\one\\npm.cmd', 'C:\\one\\npm.exe'], 'C:\\one\\npm.exe'],
  ['NPM.CMD', ['C:\\one\\npm.cmd'], 'C:\\one\\NPM.CMD'],
  ['node.js', ['C:\\one\\node.js.exe'], 'C:\\one\\node.js.exe'],
  // A shell script beside the batch file, as npm installs them.
  ['npm', ['C:\\one\\npm', 'C:\\one\\npm.cmd'], 'C:\\one\\npm.cmd'],
  // Opened by another program.
  ['tool', ['C:\\one\\tool.vbs'], undefined],
])('%s of %j is %s', (program, files, found) => {
  expect(find(program, files)).toBe(found)
})

test.each([
  ['dbt', 'C:\\checkout\\dbt.cmd'],
  ['dbt.exe', 'C:\\checkout\\dbt.exe'],
  ['dbt', 'C:\\checkout\\tools\\dbt.cmd'],
  ['dbt', 'C:\\rooted\\dbt.cmd'],
])('a name alone is not looked for in the current directory: %s, %s', (program, file) => {
  expect(find(program, [file])).toBeUndefined()
})

test.each([
  ['.\\dbt', 'C:\\checkout\\dbt.cmd'],
  ['./scripts/dbt.cmd', 'C:\\checkout\\scripts\\dbt.cmd'],
  ['D:\\tools\\dbt', 'D:\\tools\\dbt.cmd'],
])('a path is taken as it is: %s', (program, file) => {
  expect(find(program, [file])).toBe(file)
})

test('without PATHEXT the usual endings are tried, without PATH none', () => {
  expect(find('npm', ['C:\\one\\npm.cmd'], { PATH: 'C:\\one' })).toBe('C:\\one\\npm.cmd')
  expect(find('npm', ['C:\\one\\npm.cmd', 'C:\\checkout\\npm.cmd'], {})).toBeUndefined()
})

test('variables and endings are the same in any case', () => {
  expect(variableOf({ sYSTEMROOT: 'C:\\Windows' }, 'SystemRoot')).toBe('C:\\Windows')
  expect(['a.cmd', 'a.BAT', 'a.exe', 'cmd'].map(isBatch)).toEqual([true, true, false, false])
})
