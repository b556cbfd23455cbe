import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Login } from '../src/federation/federate.ts'
import { IDENTITY_PROVIDERS } from '../src/federation/issuer.ts'
import { parseHost } from '../src/host.ts'
import { environmentOf, outputsOf } from '../src/runner/publish.ts'
import { USER_AGENT, VERSION } from '../src/runner/version.ts'
import { readWith } from './support/inputs.ts'
import { codeIn, inRepository, readAction, readRepository, tableUnder } from './support/repository.ts'

const action = readAction()
const readme = readRepository('README.md')
const namesUnder = (heading: string) => tableUnder(readme, heading).map(([name]) => codeIn(name))

test('the inputs that are read are those of action.yml', () => {
  const real = process.env
  const asked = new Set<string>()
  process.env = new Proxy(real, {
    get(target, name) {
      const input = /^INPUT_(.+)$/.exec(String(name))?.[1]
      if (input !== undefined) asked.add(input.toLowerCase())
      return Reflect.get(target, name)
    },
  })
  try {
    readWith({ host: 'https://dbc-1.cloud.databricks.com' })
  } finally {
    process.env = real
  }
  expect([...asked].sort()).toEqual(Object.keys(action.inputs).sort())
})

const login: Login = {
  host: parseHost('https://spog.databricks.com'),
  accessToken: 't',
  expiresAt: 0,
  scope: 's',
  workspaceId: '7',
  identityProvider: 'github',
  exchanged: true,
}

// That a step sets them, too: e2e/outputs.test.ts.
test('the outputs of a login are those of action.yml', () => {
  expect(Object.keys(outputsOf(login, 0)).sort()).toEqual(Object.keys(action.outputs).sort())
})

test('the tables of the README list inputs and outputs in the order of action.yml', () => {
  expect(namesUnder('### Inputs')).toEqual(Object.keys(action.inputs))
  expect(namesUnder('### Outputs')).toEqual(Object.keys(action.outputs))
})

test('the README tells the defaults, and what the environment adds', () => {
  for (const [cell, standard, variable] of tableUnder(readme, '### Inputs')) {
    const { default: declared, description = '' } = action.inputs[codeIn(cell) ?? ''] ?? {}
    expect(codeIn(standard), `${cell} by default`).toBe(declared)
    expect(codeIn(variable), `${cell} from the environment`).toBe(/Falls back to (\w+)\./.exec(description)?.[1])
  }
})

test('action.yml and README list the identity providers, and no other', () => {
  const { description } = action.outputs['identity_provider'] ?? {}
  const listed = (names: readonly string[]) => `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
  expect(description).toBe(`Who issued the subject token - ${listed(IDENTITY_PROVIDERS)}.`)
  const row = tableUnder(readme, '### Outputs').find(([name]) => codeIn(name) === 'identity_provider')
  expect(row).toContain(listed(IDENTITY_PROVIDERS.map((name) => `\`${name}\``)))
})

// Of stay_logged_in, then beside the SDKs' own login.
const BESIDE_THE_TOKEN = [
  'DATABRICKS_METADATA_SERVICE_URL',
  'DATABRICKS_TOKEN_JDBC',
  'DATABRICKS_TOKEN_AUDIENCE',
  'TOKEN_AUDIENCE',
]

test('the README lists the environment of later steps', () => {
  expect(namesUnder('### Environment of later steps')).toEqual([
    ...Object.keys(environmentOf(login, { emptiesGroup: true })),
    ...BESIDE_THE_TOKEN,
  ])
})

test('every input and output is described, and no output of a JavaScript action has a value', () => {
  for (const [name, { description }] of Object.entries({ ...action.inputs, ...action.outputs })) {
    expect(description, name).toMatch(/^\S.+\.$/)
  }
  for (const [name, output] of Object.entries(action.outputs)) {
    expect(Object.keys(output), name).toEqual(['description'])
  }
})

test('what action.yml runs is there', () => {
  const { using, ...entries } = action.runs
  expect(using).toBe('node24')
  for (const entry of Object.values(entries)) expect(readRepository(entry)).not.toBe('')
})

test('the version is that of package.json', () => {
  expect(VERSION).toBe(JSON.parse(readRepository('package.json')).version)
  expect(USER_AGENT).toBe(`databricks-token-action/${VERSION} cicd/github`)
})

const holds = (bundle: string, text: string): boolean => readRepository('dist', bundle).includes(text)

const bundles = readdirSync(inRepository('dist'), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.js'))

test('nothing of undici is in the bundles', () => {
  expect(bundles.length).toBeGreaterThan(0)
  for (const name of bundles) {
    // In a chunk, webpack names the variable for our stub after the import that it replaces.
    const text = readRepository('dist', name).replaceAll(/\bundici__WEBPACK_IMPORTED_MODULE_\d+__/g, '')
    expect(/undici/i.exec(text)?.index, name).toBeUndefined()
  }
})

// Its core.js would bring them: nothing here starts a program by it, nor asks it for an ID token.
test('of the toolkit nothing is in the bundles but what writes the runner’s files', () => {
  expect(readRepository('dist', 'main', 'index.js')).toContain('ghadelimiter_')
  for (const name of bundles) {
    for (const word of ['ToolRunner', 'class Summary', 'class OidcClient', 'getExecOutput']) {
      expect(readRepository('dist', name).includes(word), `${word} in ${name}`).toBe(false)
    }
  }
})

// What starts programs, what reads files and what stores credentials would be as much again to look at.
test.each(['ToolRunner', 'execCommandLine', 'BasicCredentialHandler', 'PersonalAccessTokenCredentialHandler'])(
  '%s of the toolkit is not in the login',
  (name) => {
    for (const bundle of ['main', 'post']) {
      for (const file of bundles.filter((file) => file.startsWith(bundle))) {
        expect(readRepository('dist', file).includes(name), file).toBe(false)
      }
    }
  },
)

// What starts the process of stay_logged_in is loaded with that input alone. The bundler leaves the name of Node's module in
// the login's file, where nothing calls it.
test('of the login one part alone starts a process', () => {
  const naming = (name: string) =>
    readRepository('dist', name)
      .split('\n')
      .filter((line) => line.includes('child_process'))
  const [part = '', ...others] = bundles.filter((name) => /^(main|post)/.test(name) && naming(name).length > 0).sort()
  expect(others).toEqual([join('main', 'index.js')])
  expect(holds(part, 'The process that keeps later steps logged in')).toBe(true)
  expect(naming(join('main', 'index.js'))).toEqual(['module.exports = require("node:child_process");'])
})

// It lives for hours, in which the files of the action may come to be others.
test('what stays is one file, and loads nothing later', () => {
  expect(bundles.filter((name) => name.startsWith('stay'))).toEqual([join('stay', 'index.js')])
})

test('no path of the machine that built them is in the bundles', () => {
  for (const name of bundles) expect(readRepository('dist', name).includes(inRepository()), name).toBe(false)
})

// What explains a refusal, sets up and verifies is loaded when it is asked for.
test('what most logins do not need is not in the login', () => {
  const main = readRepository('dist', 'main', 'index.js')
  for (const word of [
    'The process that keeps later steps logged in',
    'tokens/introspect',
    'federation-policy create',
    'scim/v2/Me',
    'FORK_PULL_REQUEST',
    'databricks_host',
  ]) {
    expect(main.includes(word), word).toBe(false)
  }
})

// The bundle is not minified, so that a reviewer can read it: names cost what they are long, and whatever a chunk shares
// with the login is in the login's file. What passes this bound belongs into a chunk, unless a reason stands here. What stays
// has no chunk: it loads everything at its start.
const BOUNDS = { main: 175_000, command: 95_000, stay: 280_000, post: 45_000 }
const CHUNK_BOUND = 110_000

test('each file of dist/ is at most as long as it may be', () => {
  for (const name of bundles) {
    const [entry = '', file] = name.split(/[\\/]/)
    const bound = file === 'index.js' ? Object.entries(BOUNDS).find(([one]) => one === entry)?.[1] : CHUNK_BOUND
    expect(Buffer.byteLength(readRepository('dist', name)), name).toBeLessThanOrEqual(bound ?? 0)
  }
})

// V8 holds a source with one other character in twice the memory, and reads it more slowly.
test.each(['main', 'command', 'post'])('the file of %s that is always loaded holds ASCII alone', (entry) => {
  expect(readRepository('dist', entry, 'index.js').match(/[^\t\n -~]/g)).toBeNull()
})

// Node starts CommonJS sooner than a module. And a static import of a module of Node fires its lazy getters, which load more
// of Node.
test('no file of dist/ is a module', () => {
  expect(JSON.parse(readRepository('dist', 'package.json'))).toEqual({ type: 'commonjs' })
  for (const name of bundles) expect(readRepository('dist', name).match(/^(import|export)\b.*$/gm), name).toBeNull()
})
