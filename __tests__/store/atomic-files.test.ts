import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readJsonObject, writeAtomically } from '../../src/store/atomic-files.ts'
import { temporaryFolder } from './support.ts'

test('a file is replaced, and nothing is left beside it', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'token.json')
  writeAtomically(file, '{"a":1}')
  writeAtomically(file, '{"a":2}')
  expect(readJsonObject(file)).toEqual({ a: 2 })
  expect(readdirSync(folder)).toEqual(['token.json'])
})

test('what cannot be replaced is told and stays, and nothing is left beside it', () => {
  const folder = temporaryFolder()
  const place = join(folder, 'token.json')
  mkdirSync(place)
  writeFileSync(join(place, 'inside'), 'kept')
  expect(() => writeAtomically(place, '{}')).toThrow(/EISDIR|ENOTEMPTY|EPERM/)
  expect(readdirSync(folder)).toEqual(['token.json'])
  expect(readFileSync(join(place, 'inside'), 'utf8')).toBe('kept')
})
