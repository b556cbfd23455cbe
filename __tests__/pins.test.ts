import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { OURS, OURS_PINNED } from './docs/workflow.ts'
import { inRepository, readRepository } from './support/repository.ts'

const find = (...patterns: string[]): string[] => {
  const isOurs = (name: string) => !/(^|[\\/])(node_modules|\.clients|lib|dist|\.git)([\\/]|$)/.test(name)
  return globSync(patterns, { cwd: inRepository(), exclude: ['node_modules', '.clients', 'lib', 'dist'] })
    .map((name) => name.replaceAll('\\', '/'))
    .filter(isOurs)
}

interface Pin {
  readonly action: string
  /** Commit and version: `3d3c… # v7.0.1`. */
  readonly pin: string
  readonly file: string
}

const PIN = /\buses: ([\w.-]+\/[\w.-]+)(?:\/[\w./-]+)?@(\S+(?: # \S+)?)/g

const files = find('*.md', 'docs/**/*.md', 'setup/**/*.md', '.github/**/*.{yml,md}', 'clients/**/*.yml')
const pins: Pin[] = files.flatMap((file) =>
  [...readRepository(file).matchAll(PIN)].map(([, action = '', pin = '']) => ({ action, pin, file })),
)
const actions = [...new Set(pins.map(({ action }) => action))]

test('pins are found where they are', () => {
  expect(actions).toContain('actions/checkout')
  expect(actions).toContain(OURS)
})

test.each(actions)('%s has one commit and one version everywhere: node scripts/pins.ts writes them', (action) => {
  const wanted = pins.filter((one) => one.action === action)
  const [first] = wanted
  expect(first?.pin).toMatch(/^[0-9a-f]{40} # v\d+\.\d+\.\d+(-[\w.]+)?$/)
  expect(wanted.filter(({ pin }) => pin !== first?.pin)).toEqual([])
})

test('what the tests take for this action is what the pages name', () => {
  const { pin = '' } = pins.find(({ action }) => action === OURS) ?? {}
  expect(OURS_PINNED).toBe(`${OURS}@${pin.split(' ')[0]}`)
})

interface Dependabot {
  readonly updates: readonly {
    readonly 'package-ecosystem': string
    readonly directory?: string
    readonly directories?: readonly string[]
    readonly cooldown?: { readonly 'default-days': number }
  }[]
}

const { updates }: Dependabot = parse(readRepository('.github', 'dependabot.yml'))
const covered = updates.flatMap(({ directory, directories = [], ...rest }) =>
  [...directories, ...(directory === undefined ? [] : [directory])].map((one) => `${rest['package-ecosystem']} ${one}`),
)

/** The kind of Dependabot's for each kind of file that says which versions are installed. */
const KINDS = {
  npm: ['**/package-lock.json'],
  pip: ['clients/requirements/*.txt'],
  gomod: ['**/go.mod'],
  maven: ['**/pom.xml'],
  // Whatever names providers by version.
  terraform: ['**/*.tf'],
}

const lockFiles = Object.entries(KINDS).flatMap(([kind, patterns]) =>
  find(...patterns)
    .filter((file) => kind !== 'terraform' || readRepository(file).includes('required_providers'))
    .map((file) => `${kind} /${file.split('/').slice(0, -1).join('/')}`),
)

test('Dependabot looks after every lock file there is, and after nothing that is not there', () => {
  const there = ['github-actions /', ...new Set(lockFiles)]
  expect(covered.toSorted()).toEqual(there.toSorted())
})

test('Dependabot lets a new version lie for a week', () => {
  expect(updates.filter(({ cooldown }) => (cooldown?.['default-days'] ?? 0) < 7)).toEqual([])
})
