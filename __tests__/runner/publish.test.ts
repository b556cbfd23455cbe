import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  type CommandFiles,
  createCommandFiles,
  readEnvironment,
  readPairs,
  readPath,
} from '../../sandbox/command-files.ts'
import type { Login } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { publish } from '../../src/runner/publish.ts'
import { failureOf } from '../support/failures.ts'

const now = 1_800_000_000.7
const login: Login = {
  host: parseHost('http://127.0.0.1:8080/?o=7'),
  accessToken: 'an-access-token',
  expiresAt: 1_800_000_300,
  scope: 'all-apis sql',
  workspaceId: '7',
  identityProvider: 'github',
  subject: 'repo:o/r:environment:prod',
  exchanged: true,
  audience: 'an-audience',
}
const environment = {
  DATABRICKS_HOST: 'http://127.0.0.1:8080',
  DATABRICKS_SERVER_HOSTNAME: '127.0.0.1:8080',
  DATABRICKS_TOKEN: 'an-access-token',
  DATABRICKS_AUTH_TYPE: 'pat',
}
const unkept = { kept: undefined, exportEnv: true, now }

let folder = ''
let files: CommandFiles

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'publish-'))
  files = createCommandFiles(folder)
  for (const [name, path] of Object.entries(files)) vi.stubEnv(name, path)
  // exportVariable and addPath change the environment of this process, too.
  for (const name of ['PATH', ...Object.keys(environment), 'DATABRICKS_WORKSPACE_ID']) {
    vi.stubEnv(name, process.env[name])
  }
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('outputs and environment are what the README says', () => {
  publish(login, unkept)
  expect(readPairs(files.GITHUB_OUTPUT)).toEqual({
    token: 'an-access-token',
    expires_at: '2027-01-15T08:05:00Z',
    expires_in: '299',
    host: 'http://127.0.0.1:8080',
    server_hostname: '127.0.0.1:8080',
    workspace_id: '7',
    scope: 'all-apis sql',
    exchanged: 'true',
    identity_provider: 'github',
    principal: '',
  })
  expect(readEnvironment(files.GITHUB_ENV)).toEqual(environment)
  expect(readPairs(files.GITHUB_STATE)).toEqual({})
  expect(readPath(files.GITHUB_PATH)).toEqual([])
})

test('only a unified host gives later steps its workspace id', () => {
  publish({ ...login, host: parseHost('https://spog.databricks.com') }, unkept)
  expect(readEnvironment(files.GITHUB_ENV)).toEqual({
    ...environment,
    DATABRICKS_HOST: 'https://spog.databricks.com',
    DATABRICKS_SERVER_HOSTNAME: 'spog.databricks.com',
    DATABRICKS_WORKSPACE_ID: '7',
  })
})

test('a unified host that tells no workspace id gives none', () => {
  publish({ ...login, host: parseHost('https://spog.databricks.com'), workspaceId: undefined }, unkept)
  expect(readEnvironment(files.GITHUB_ENV)).not.toHaveProperty('DATABRICKS_WORKSPACE_ID')
  expect(readPairs(files.GITHUB_OUTPUT)).toMatchObject({ workspace_id: '' })
})

test('export_env: false leaves the environment alone', () => {
  publish(login, { ...unkept, exportEnv: false })
  expect(readEnvironment(files.GITHUB_ENV)).toEqual({})
  expect(readPairs(files.GITHUB_OUTPUT)).toMatchObject({ token: 'an-access-token' })
})

test('what is kept goes to the post step and onto PATH', () => {
  publish(login, { ...unkept, kept: { folder: '/t/kept', bin: '/t/kept/bin' } })
  expect(readPairs(files.GITHUB_STATE)).toEqual({ folder: '/t/kept' })
  expect(readPath(files.GITHUB_PATH)).toEqual(['/t/kept/bin'])
})

test.each([
  ['an expiry that has passed', { expiresAt: 1_800_000_000 }, { expires_in: '0' }],
  ['a token that was not exchanged', { exchanged: false }, { exchanged: 'false' }],
  ['an output of several lines', { scope: 'a\nb<<c\nd=e' }, { scope: 'a\nb<<c\nd=e' }],
])('%s', (_name, changed, outputs) => {
  publish({ ...login, ...changed }, unkept)
  expect(readPairs(files.GITHUB_OUTPUT)).toMatchObject(outputs)
})

// The order in which a login is published: state, path, outputs, environment.
test.each([
  ['GITHUB_STATE', 'Later steps get nothing of this login.', []],
  ['GITHUB_PATH', 'Later steps get nothing of this login.', ['GITHUB_STATE']],
  ['GITHUB_OUTPUT', 'Outputs may be written in part; the environment is not.', ['GITHUB_STATE', 'GITHUB_PATH']],
  [
    'GITHUB_ENV',
    'The outputs are written; the environment may be in part.',
    ['GITHUB_STATE', 'GITHUB_PATH', 'GITHUB_OUTPUT'],
  ],
] as const)('if %s cannot be written: %s', async (broken, already, written) => {
  rmSync(files[broken])
  const kept = { folder: '/t/kept', bin: '/t/kept/bin' }
  const { code, message } = await failureOf(() => publish(login, { ...unkept, kept }))
  expect(code).toBe('COMMAND_FILE_WRITE_FAILED')
  expect(message).toContain(`Writing to ${broken} failed`)
  expect(message).toContain(already)
  const names = ['GITHUB_STATE', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_ENV'] as const
  const read = (name: (typeof names)[number]) =>
    name === 'GITHUB_PATH' ? readPath(files[name]) : Object.keys(readPairs(files[name]))
  expect(names.filter((name) => read(name).length > 0)).toEqual(written)
})
