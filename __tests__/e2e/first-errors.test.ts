import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { FailureCode } from '../../src/errors.ts'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { exportsOf, inputsFor, loginStep, masksOf, nothing, requestsOf, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

const other = 'https://ws.cloud.databricks.com'

type Environment = Record<string, string | undefined>
type Case = [name: string, FailureCode, inputs: Record<string, string>, environment?: Environment]

const cases: Case[] = [
  ['no host', 'HOST_MISSING', { host: '' }],
  ['a host of http', 'HOST_INVALID', { host: 'http://ws.cloud.databricks.com' }],
  ['a host that is no URL', 'HOST_INVALID', { host: 'https://' }],
  ['an unknown host', 'HOST_UNKNOWN', { host: 'https://databricks.com.evil.example' }],
  ['an unknown host without audience', 'AUDIENCE_MISSING', { host: 'vanity.example', allow_unknown_host: 'true' }],
  ['a console without account', 'ACCOUNT_ID_MISSING', { host: 'accounts.cloud.databricks.com', account_id: '' }],
  ['an account id that is none', 'ACCOUNT_ID_INVALID', { account_id: 'acc-123' }],
  ['a workspace id as account id', 'ACCOUNT_ID_INVALID', { account_id: '6051921418418893' }],
  ['the numeric id of the service principal', 'CLIENT_ID_INVALID', { identity_federation_client_id: '74' }],
  ['a boolean that is none', 'INPUT_INVALID', { export_env: 'yes' }],
  ['a fallback without subject token', 'INPUT_INVALID', { on_exchange_failure: 'use_subject_token' }],
  ['a subject token that is none', 'SUBJECT_TOKEN_INVALID', { subject_token: 'hunter2' }],
  ['no certificate checks', 'TLS_CHECK_DISABLED', {}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ...(['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_PATH'] as const).flatMap((name): Case[] => [
    [`${name} is not set`, 'COMMAND_FILE_UNUSABLE', {}, { [name]: undefined }],
    [`${name} is missing`, 'COMMAND_FILE_UNUSABLE', {}, { [name]: join(import.meta.dirname, 'none', 'none') }],
    [`${name} is a folder`, 'COMMAND_FILE_UNUSABLE', {}, { [name]: import.meta.dirname }],
  ]),
  ['a login of another kind', 'EXISTING_LOGIN', {}, { DATABRICKS_AUTH_TYPE: 'github-oidc' }],
  ['a login to another host', 'EXISTING_LOGIN', {}, { DATABRICKS_HOST: other }],
  ['a host in the environment that is none', 'EXISTING_LOGIN', {}, { DATABRICKS_HOST: 'http://no' }],
  ['a token of unknown make', 'EXISTING_LOGIN', {}, { DATABRICKS_TOKEN: 'dapi0123' }],
  [
    'this action’s login to another host',
    'EXISTING_LOGIN',
    {},
    { DATABRICKS_HOST: other, DATABRICKS_TOKEN: 't', DATABRICKS_AUTH_TYPE: 'pat' },
  ],
]

test.each(cases)('%s: %s before any request', async (_name, code, inputs, environment = {}) => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), ...inputs }, { environment })
  expect(step).toMatchObject({ exitCode: 1, stderr: '', signal: null })
  const spoken = spokenLines(step)
  expect(spoken).toEqual([expect.stringMatching(new RegExp(`^::error title=[^:]+ \\(${code}\\)::`))])
  expect(spoken[0]).toContain(`See ${code} in `)
  expect(exportsOf(step)).toEqual(nothing)
  expect(requestsOf(pair)).toEqual([])
  expect(readdirSync(pair.runner.temp).filter((name) => name.startsWith('databricks'))).toEqual([])
})

test('no permission for an ID token: the YAML to paste, before any request', async () => {
  const pair = await startPair(undefined, { idTokenPermission: false })
  const step = await loginStep(pair)
  expect(step.exitCode).toBe(1)
  expect(spokenLines(step)).toEqual([expect.stringContaining('(ID_TOKEN_PERMISSION_MISSING)::')])
  expect(step.log).toContain('\npermissions:\n  id-token: write\n  contents: read\n')
  expect(exportsOf(step)).toEqual(nothing)
  expect(requestsOf(pair)).toEqual([])
})

test('export_env: false is the way out of a login that is there already', async () => {
  const pair = await startPair()
  const environment = {
    DATABRICKS_TOKEN: 'dapi0123',
    DATABRICKS_AUTH_TYPE: 'oauth-m2m',
    DATABRICKS_HOST: other,
  }
  const step = await loginStep(pair, { ...inputsFor(pair), export_env: 'false' }, { environment })
  expect(step).toMatchObject({ exitCode: 0, env: {}, outputs: { exchanged: 'true' } })
})

test('a missing command file is not made', async () => {
  const pair = await startPair()
  const folder = join(pair.runner.temp, 'files')
  mkdirSync(folder)
  const file = join(folder, 'output')
  await loginStep(pair, undefined, { environment: { GITHUB_OUTPUT: file } })
  expect(existsSync(file)).toBe(false)
})

test('a subject token is masked even where the login is refused', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { host: '', subject_token: 'hunter2' })
  expect(masksOf(step)).toEqual(['hunter2'])
  expect(spokenLines(step).join()).not.toContain('hunter2')
})

// A label of a name has 63 characters at most, so that nobody is asked for this one.
test('a host that is not found is one error, without a warning before it', async () => {
  const pair = await startPair()
  const host = `${'x'.repeat(64)}.cloud.databricks.com`
  const step = await loginStep(pair, { ...inputsFor(pair), host })
  expect(spokenLines(step)).toEqual([expect.stringMatching(/^::error [^:]*::HOST_NOT_FOUND: .*there is no x+\.cloud/)])
  expect(exportsOf(step)).toEqual(nothing)
})

test('a host under another name: did you mean it, by name alone', async () => {
  const pair = await startPair()
  const { host: _left, ...others } = inputsFor(pair)
  const step = await loginStep(pair, { ...others, 'databricks-host': pair.workspace.host })
  expect(spokenLines(step)).toEqual([
    expect.stringMatching(/^::error [^:]*::HOST_MISSING: .*no input databricks-host: did you mean host\?/),
  ])
  expect(exportsOf(step)).toEqual(nothing)
})

// The runner warns of it itself, and an INPUT_ variable of the job's own is no input of the step.
test('an input that the action does not have is no warning of ours', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), client_id: 'hunter2' })
  expect(step.exitCode).toBe(0)
  expect(spokenLines(step).filter((line) => line.startsWith('::'))).toEqual([])
})

test('the way out of a login that is there begins with the old secret', async () => {
  const pair = await startPair()
  const environment = { DATABRICKS_TOKEN: 'dapi0123' }
  const { log } = await loginStep(pair, inputsFor(pair), { environment })
  expect(log).toMatch(/delete the old secret or variable.*export_env: false.*token_command/)
})
