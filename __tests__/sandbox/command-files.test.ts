import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CommandFileError, readEnvironment, readPairs, readPath } from '../../sandbox/command-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'command-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(text: string): string {
  const path = join(folder, 'file')
  writeFileSync(path, text)
  return path
}

const rows: [text: string, pairs: Record<string, string>][] = [
  ['', {}],
  ['\n\n', {}],
  ['a=1\nb=2', { a: '1', b: '2' }],
  ['a=1\na=2\n', { a: '2' }],
  ['a=x=y<<z\n', { a: 'x=y<<z' }],
  ['a=\n', { a: '' }],
  ['a<<END\none\ntwo\nEND\n', { a: 'one\ntwo' }],
  ['a<<END\nEND\n', { a: '' }],
  ['a<<END\n\nEND', { a: '' }],
  ['a<<END\n\n\nEND', { a: '\n' }],
  ['a<<END\nEND \nb=2\nEND\nc=3\n', { a: 'END \nb=2', c: '3' }],
  ['a<<E=F\nvalue\nE=F\n', { a: 'value' }],
  ['a<<END\n::add-mask::x\nEND\n', { a: '::add-mask::x' }],
]

test.each(rows)('%j', (text, pairs) => {
  expect(readPairs(fileOf(text))).toEqual(pairs)
})

test.each(['novalue', '=1', '<<END\nx\nEND', 'a<<\nx\n', 'a<<END\nx', 'a<<END\nx\nEN'])('%j is refused', (text) => {
  expect(() => readPairs(fileOf(text))).toThrow(CommandFileError)
})

test('a file that is not there has nothing in it', () => {
  expect(readPairs(join(folder, 'absent'))).toEqual({})
  expect(readPath(join(folder, 'absent'))).toEqual([])
})

test('NODE_OPTIONS is refused in the environment, and nowhere else', () => {
  const file = fileOf('NODE_OPTIONS=--require=x\n')
  expect(() => readEnvironment(file)).toThrow(CommandFileError)
  expect(readPairs(file)).toEqual({ NODE_OPTIONS: '--require=x' })
})

test('the folder that was added last comes first in the path, once', () => {
  expect(readPath(fileOf('/a\n/b\n\n/a\n/c\n'))).toEqual(['/c', '/a', '/b'])
})
