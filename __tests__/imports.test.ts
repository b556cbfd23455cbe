import { readdirSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { expect, test } from 'vitest'
import { inRepository, readRepository } from './support/repository.ts'

interface Import {
  /** File under src/, with slashes. */
  from: string
  /** File under src/, or a package. */
  to: string
  typesAlone: boolean
}

const files = readdirSync(inRepository('src'), { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm

function importsOf(from: string): Import[] {
  return [...readRepository('src', from).matchAll(IMPORT)].map(([, type, named, dynamic]) => {
    const target = named ?? dynamic ?? ''
    const to = target.startsWith('.') ? posix.join(dirname(from), target) : target
    return { from, to, typesAlone: type !== undefined }
  })
}

const imports = files.flatMap(importsOf)
const rooms = ['federation', 'runner', 'fresh']
// The one file that any room may use.
const SHARED = ['errors.ts']
const roomOf = (file: string): string | undefined => rooms.find((room) => file.startsWith(`${room}/`))
const told = ({ from, to }: Import) => `${from} → ${to}`

test('the imports are found', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(imports.map(told)).toContain('federation/discovery.ts → errors.ts')
  expect(imports.filter(({ typesAlone }) => typesAlone).map(told)).toContain('runner/inputs.ts → federation/host.ts')
  expect(imports.filter(({ to }) => !to.includes(':') && to.endsWith('.ts') && !files.includes(to))).toEqual([])
})

test('a room imports values of itself and errors.ts alone', () => {
  const crossing = imports.filter(({ from, to, typesAlone }) => {
    const room = roomOf(from)
    return room !== undefined && to.endsWith('.ts') && !typesAlone && roomOf(to) !== room && !SHARED.includes(to)
  })
  expect(crossing.map(told)).toEqual([])
})

test('federation/ knows nothing of runner/ and fresh/, not even their types', () => {
  const known = imports.filter(({ from, to }) => roomOf(from) === 'federation' && /^(runner|fresh)\//.test(to))
  expect(known.map(told)).toEqual([])
})

test('only runner/ knows the toolkit', () => {
  const toolkit = imports.filter(({ to }) => to.startsWith('@actions/core'))
  expect(toolkit.filter(({ from }) => roomOf(from) !== 'runner').map(told)).toEqual([])
})

test('what any room may use imports nothing', () => {
  expect(imports.filter(({ from }) => SHARED.includes(from)).map(told)).toEqual([])
})

test('the packages are those of package.json, and no other', () => {
  const packages = imports
    .map(({ to }) => /^(?!node:)(@[^/]+\/[^/]+|[^./][^/]*)(\/.*)?$/.exec(to))
    .flatMap((match) => (match?.[1] === undefined || match[0].endsWith('.ts') ? [] : [match[1]]))
  const { dependencies } = JSON.parse(readRepository('package.json'))
  expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort())
})
