import type * as Fs from 'node:fs'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readJsonObject, writeAtomically } from '../../src/store/atomic-files.ts'
import { temporaryFolder } from './support.ts'

/** Throws what the system throws for a call on these paths; null lets it be. */
type Refusal = (call: 'rename' | 'read' | 'remove', ...paths: string[]) => string | null

const { refusal } = vi.hoisted(() => ({ refusal: { of: (() => null) as Refusal } }))

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof Fs>()
  const refuse: (...call: Parameters<Refusal>) => void = (...call) => {
    const code = refusal.of(...call)
    if (code !== null) throw Object.assign(new Error(code), { code })
  }
  return {
    ...fs,
    renameSync: (from: string, to: string) => {
      refuse('rename', from, to)
      fs.renameSync(from, to)
    },
    readFileSync: (file: string, encoding: 'utf8') => {
      refuse('read', file)
      return fs.readFileSync(file, encoding)
    },
    rmSync: (file: string, options: Fs.RmOptions) => {
      refuse('remove', file)
      fs.rmSync(file, options)
    },
  }
})

beforeEach(() => void vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } })))
afterEach(() => {
  vi.unstubAllGlobals()
  refusal.of = () => null
})

/** A file that is kept, and how often somebody was refused while the test went on. */
function keptFile(refuse: (isOwn: (path: string) => boolean, tries: number) => Refusal) {
  const folder = temporaryFolder()
  const file = join(folder, 'token.json')
  writeFileSync(file, '{"a":1}')
  let tries = 0
  refusal.of = (...call) => {
    const code = refuse((path) => path === file, tries)(...call)
    if (code !== null) tries++
    return code
  }
  return {
    file,
    tries: () => tries,
    left: () => {
      refusal.of = () => null
      return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
    },
  }
}

test.each(['EPERM', 'EACCES', 'EBUSY'])('a file that is in use (%s) is replaced as soon as it is not', (code) => {
  const { file, tries, left } = keptFile((isOwn, refused) => (call, ...paths) => {
    return call === 'rename' && paths.some(isOwn) && refused < 4 ? code : null
  })
  writeAtomically(file, '{"a":2}')
  expect([tries(), left()]).toEqual([4, { 'token.json': '{"a":2}' }])
})

test('one that somebody reads is moved away, and the new one takes its place', () => {
  let isRead = true
  const { file, left } = keptFile((isOwn) => (call, from = '', to = '') => {
    if (call === 'rename' && isOwn(from)) isRead = false
    return call === 'rename' && isRead && isOwn(to) ? 'EPERM' : null
  })
  writeAtomically(file, '{"a":2}')
  expect(left()).toEqual({ 'token.json': '{"a":2}' })
})

test('what was moved away and cannot be removed is left to its folder', () => {
  let isRead = true
  const { file, left } = keptFile((isOwn) => (call, from = '', to = '') => {
    if (call === 'remove') return 'EBUSY'
    if (isOwn(from)) isRead = false
    return isRead && isOwn(to) ? 'EPERM' : null
  })
  writeAtomically(file, '{"a":2}')
  expect(Object.values(left()).sort()).toEqual(['{"a":1}', '{"a":2}'])
})

test('one that never comes free is told after half a second, and is still there', () => {
  // The new file is refused its place each time, and the old one is given it back.
  let added: string | undefined
  const { file, tries, left } = keptFile((isOwn) => (call, from = '', to = '') => {
    added ??= from
    return call === 'rename' && isOwn(to) && from === added ? 'EPERM' : null
  })
  expect(() => writeAtomically(file, '{"a":2}')).toThrow('EPERM')
  expect([tries(), left()]).toEqual([102, { 'token.json': '{"a":1}' }])
})

test('one that is in use for a moment is read all the same', () => {
  const { file, tries } = keptFile((_isOwn, refused) => (call) => (call === 'read' && refused < 2 ? 'EBUSY' : null))
  expect([readJsonObject(file), tries()]).toEqual([{ a: 1 }, 2])
})

test('elsewhere such a refusal lasts, and is told at once', () => {
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'linux' } }))
  const { file, tries, left } = keptFile((isOwn) => (call, ...paths) => {
    return call === 'rename' && paths.some(isOwn) ? 'EPERM' : null
  })
  expect(() => writeAtomically(file, '{"a":2}')).toThrow('EPERM')
  expect([tries(), left()]).toEqual([1, { 'token.json': '{"a":1}' }])
})
