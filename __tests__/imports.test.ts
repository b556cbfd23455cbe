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
const inside = imports.filter(({ to }) => to.endsWith('.ts'))
const told = ({ from, to }: Import) => `${from} → ${to}`

/** What any file may use. */
const GROUND = [
  'errors.ts',
  'host.ts',
  'json.ts',
  'log.ts',
  'markdown.ts',
  'processes.ts',
  'text.ts',
  'time.ts',
  'url.ts',
  'workflow-commands.ts',
]
/** The rooms that each room may import from, beside itself and the ground. */
const BELOW: Record<string, readonly string[]> = {
  http: [],
  federation: ['http'],
  explain: ['http', 'federation'],
  runner: ['http', 'federation'],
  store: ['federation'],
  program: [],
  serve: ['store', 'program'],
  warehouse: ['http'],
}
/** Rooms of which another may know the types alone. */
const TYPES_ALONE = [
  ['runner', 'federation'],
  ['store', 'federation'],
]
const JOIN = 'log-in.ts'
/** What the entry points alone use. */
const TOP = ['command-line.ts', 'open-login.ts']
const ENTRY_POINTS = ['main.ts', 'command.ts', 'stay.ts', 'post.ts']
const roomOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '')

test('the imports are found', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(imports.map(told)).toContain('federation/discovery.ts → errors.ts')
  expect(imports.filter(({ typesAlone }) => typesAlone).map(told)).toContain(
    'runner/publish.ts → federation/federate.ts',
  )
  expect(inside.filter(({ to }) => !files.includes(to))).toEqual([])
})

test('every file is in a room, or on the top floor by name', () => {
  const strangers = files.filter(
    (file) => !(roomOf(file) in BELOW) && ![...GROUND, ...TOP, JOIN, ...ENTRY_POINTS].includes(file),
  )
  expect(strangers).toEqual([])
})

test('arrows go down only, types included', () => {
  const upwards = inside.filter(({ from, to }) => {
    const room = roomOf(from)
    if (ENTRY_POINTS.includes(from)) return ENTRY_POINTS.includes(to)
    if (from === JOIN || TOP.includes(from)) return [...ENTRY_POINTS, ...TOP].includes(to)
    if (GROUND.includes(from)) return !GROUND.includes(to)
    return !GROUND.includes(to) && roomOf(to) !== room && !(BELOW[room] ?? []).includes(roomOf(to))
  })
  expect(upwards.map(told)).toEqual([])
})

test('of some rooms another knows the types alone', () => {
  const values = inside.filter(
    ({ from, to, typesAlone }) =>
      !typesAlone && TYPES_ALONE.some(([above, below]) => roomOf(from) === above && roomOf(to) === below),
  )
  expect(values.map(told)).toEqual([])
})

test('only runner/ knows the toolkit', () => {
  const toolkit = imports.filter(({ to }) => to.startsWith('@actions/core'))
  expect(toolkit.filter(({ from }) => roomOf(from) !== 'runner').map(told)).toEqual([])
})

test('the packages are those of package.json, and no other', () => {
  const packages = imports
    .map(({ to }) => /^(?!node:)(@[^/]+\/[^/]+|[^./][^/]*)(\/.*)?$/.exec(to))
    .flatMap((match) => (match?.[1] === undefined || match[0].endsWith('.ts') ? [] : [match[1]]))
  const { dependencies } = JSON.parse(readRepository('package.json'))
  expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort())
})

// A room without a line has no threshold, and nothing says so.
test('each room has a threshold of coverage', () => {
  const configuration = readRepository('vitest.coverage.config.ts')
  const rooms = [...configuration.matchAll(/'src\/([a-z]+)\/\*\*':/g)].map(([, room]) => room)
  expect(rooms.sort()).toEqual(Object.keys(BELOW).sort())
})
