import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkCommandFiles, writeCommandFile } from '../../src/runner/command-files.ts'
import { codeOf, failureOf } from '../support/failures.ts'

let folder = ''
let file = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-files-'))
  file = join(folder, 'file')
  writeFileSync(file, 'from an earlier command\n')
})

afterEach(() => rmSync(folder, { recursive: true }))

const check = (GITHUB_OUTPUT?: string) => () => checkCommandFiles({ GITHUB_OUTPUT }, ['GITHUB_OUTPUT'])

test('a file that can be written is left as it is', async () => {
  expect(await codeOf(check(file))).toBe('none')
})

test('only the files that are named are checked', async () => {
  expect(await codeOf(() => checkCommandFiles({ GITHUB_OUTPUT: file }, ['GITHUB_OUTPUT']))).toBe('none')
  expect(await codeOf(() => checkCommandFiles({}, []))).toBe('none')
  const names = ['GITHUB_OUTPUT', 'GITHUB_ENV'] as const
  const { message } = await failureOf(() => checkCommandFiles({ GITHUB_OUTPUT: file }, names))
  expect(message).toBe('GITHUB_ENV is not set.')
})

// Windows says of a path through a file that nothing is there.
const throughFile = process.platform === 'win32' ? 'ENOENT' : 'ENOTDIR'

test.each([
  ['unset', () => undefined, 'GITHUB_OUTPUT is not set.'],
  ['empty', () => '', 'GITHUB_OUTPUT is not set.'],
  ['missing', () => join(folder, 'none'), 'The file of GITHUB_OUTPUT cannot be written (ENOENT).'],
  [
    'in a folder that is a file',
    () => join(file, 'x'),
    `The file of GITHUB_OUTPUT cannot be written (${throughFile}).`,
  ],
  ['a folder', () => folder, 'GITHUB_OUTPUT names a directory.'],
  ['not a path', () => 'a\0b', 'The file of GITHUB_OUTPUT cannot be written (ERR_INVALID_ARG_VALUE).'],
])('a command file that is %s is refused', async (_name, path, message) => {
  expect(await failureOf(check(path()))).toMatchObject({ code: 'COMMAND_FILE_UNUSABLE', message })
})

test('a missing file is not made', async () => {
  await codeOf(check(join(folder, 'none')))
  expect(await codeOf(check(join(folder, 'none')))).toBe('COMMAND_FILE_UNUSABLE')
})

test('a failed write says what came before it', async () => {
  const write = () => {
    throw Object.assign(new Error('a token in a message'), { code: 'ENOSPC' })
  }
  const { code, message } = await failureOf(() => writeCommandFile('GITHUB_ENV', 'So far: outputs.', write))
  expect(code).toBe('COMMAND_FILE_WRITE_FAILED')
  expect(message).toBe('Writing to GITHUB_ENV failed (ENOSPC). So far: outputs.')
})

test('a failure without a code has no other text', async () => {
  const write = () => {
    throw new Error('a token in a message')
  }
  const { message } = await failureOf(() => writeCommandFile('GITHUB_ENV', 'So far: outputs.', write))
  expect(message).toBe('Writing to GITHUB_ENV failed (unknown reason). So far: outputs.')
})
