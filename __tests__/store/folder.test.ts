import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTemporary, keepLogin, refuseLostGroup, refuseTakenCommand, removeFolder } from '../../src/store/folder.ts'
import { needsHere } from '../support/needs.ts'
import { login, temporaryFolder, tokenOf } from './support.ts'

const command = (name: string) => ({ name, node: process.execPath, script: 'command.js' })

const keepIn = (temporary: string, name = 'databricks-token', groupId = '') =>
  keepLogin({ temporary, login: { ...login, groupId }, token: tokenOf('kept', 1000), command: command(name) })

test('a login is kept in a direct child of RUNNER_TEMP, with its command', () => {
  const temporary = temporaryFolder()
  const { folder, bin } = keepIn(temporary)
  expect(readdirSync(temporary).map((name) => join(temporary, name))).toEqual([folder])
  expect(readdirSync(bin).sort()).toEqual(['databricks-token', 'databricks-token.cmd'])
})

test('what cannot be kept leaves nothing behind', () => {
  const temporary = temporaryFolder()
  expect(() => keepIn(temporary, 'no/such/folder')).toThrow(expect.objectContaining({ code: 'RUNNER_TEMP_UNUSABLE' }))
  expect(readdirSync(temporary)).toEqual([])
})

test('the folder is removed whole, and its absence is no failure', () => {
  const temporary = temporaryFolder()
  const { folder } = keepIn(temporary)
  removeFolder(folder, temporary)
  expect(existsSync(folder)).toBe(false)
  expect(() => removeFolder(folder, temporary)).not.toThrow()
})

test('no other folder is removed', () => {
  const temporary = temporaryFolder()
  const { folder } = keepIn(temporary)
  const foreign = join(temporary, 'foreign')
  const nested = join(folder, 'databricks-token-nested')
  for (const path of [foreign, nested]) {
    mkdirSync(path)
    expect(() => removeFolder(path, temporary)).toThrow()
  }
  expect(() => removeFolder(folder, temporaryFolder())).toThrow()
  expect(() => removeFolder(join(folder, '..', 'foreign'), temporary)).toThrow()
  expect(existsSync(foreign) && existsSync(nested)).toBe(true)
})

test('nothing is removed through a link', () => {
  const temporary = temporaryFolder()
  const target = temporaryFolder()
  writeFileSync(join(target, 'precious'), '')
  const link = join(temporary, 'databricks-token-link')
  symlinkSync(target, link)
  expect(() => removeFolder(link, temporary)).toThrow()
  const { folder } = keepIn(temporary)
  symlinkSync(target, join(folder, 'kept', 'inner'))
  removeFolder(folder, temporary)
  expect(existsSync(join(target, 'precious'))).toBe(true)
})

test('a command that names a login to another host is taken, to the same host it is not', () => {
  const temporary = temporaryFolder()
  const { bin } = keepIn(temporary)
  const path = ['/usr/bin', bin].join(delimiter)
  const refuse = (name: string, origin: string) => () => refuseTakenCommand(path, temporary, name, origin)
  expect(refuse('databricks-token', login.origin)).not.toThrow()
  expect(refuse('databricks-token-two', 'https://dbc-2.cloud.databricks.com')).not.toThrow()
  expect(refuse('databricks-token', 'https://dbc-2.cloud.databricks.com')).toThrow(
    expect.objectContaining({ code: 'TOKEN_COMMAND_TAKEN' }),
  )
})

test('a command whose login is damaged names no other host, and may be replaced', () => {
  const temporary = temporaryFolder()
  const { folder, bin } = keepIn(temporary)
  writeFileSync(join(folder, 'kept', 'login.json'), '{')
  expect(() =>
    refuseTakenCommand(bin, temporary, 'databricks-token', 'https://dbc-2.cloud.databricks.com'),
  ).not.toThrow()
})

test('where an earlier login is for a group, and whether this one is cannot be known, it is refused', () => {
  const temporary = temporaryFolder()
  const [one, other] = [keepIn(temporary), keepIn(temporary, 'databricks-token-group', '42')]
  const refuse =
    (...path: string[]) =>
    () =>
      refuseLostGroup(path.join(delimiter), temporary)
  expect(refuse('/usr/bin', one.bin)).not.toThrow()
  expect(refuse('/usr/bin', one.bin, other.bin)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
  expect(() => refuseLostGroup(other.bin, temporaryFolder())).not.toThrow()
})

test('a folder that cannot be looked into, as one that root left, is no login of this job', () => {
  const temporary = temporaryFolder()
  const loop = join(temporary, 'databricks-token-loop')
  // So that not even root can look into it.
  symlinkSync(loop, loop)
  const path = join(loop, 'bin')
  expect(() => refuseTakenCommand(path, temporary, 'databricks-token', login.origin)).not.toThrow()
})

test('where no folder can be made the reason is told', () => {
  const gone = join(temporaryFolder(), 'gone')
  expect(() => keepIn(gone)).toThrow('The login could not be kept in RUNNER_TEMP (ENOENT).')
})

test('RUNNER_TEMP has to be a folder', () => {
  const temporary = temporaryFolder()
  const file = join(temporary, 'file')
  writeFileSync(file, '')
  expect(() => checkTemporary(temporary)).not.toThrow()
  for (const path of ['', file, join(temporary, 'gone')]) {
    expect(() => checkTemporary(path)).toThrow(expect.objectContaining({ code: 'RUNNER_TEMP_UNUSABLE' }))
  }
})

test.for([
  ['a line break', 'a\nb'],
  ['another line break', 'a\rb'],
  ['a second entry for PATH', `a${delimiter}b`],
])('a RUNNER_TEMP with %s is refused: its folder goes on PATH', ([_name, name = ''], context) => {
  if (/[\r\n]/.test(name)) needsHere(context, 'names with line breaks')
  const temporary = join(temporaryFolder(), name)
  mkdirSync(temporary)
  expect(() => checkTemporary(temporary)).toThrow(expect.objectContaining({ code: 'RUNNER_TEMP_UNUSABLE' }))
})

test('a RUNNER_TEMP that depends on where a step runs is refused', () => {
  expect(() => checkTemporary('.')).toThrow(expect.objectContaining({ code: 'RUNNER_TEMP_UNUSABLE' }))
})
