import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startJob } from '../../sandbox/job.ts'
import { entries, inputsFor, newJob } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'

needs('bash')

/** A job as Databricks' own page has it, whose policy names the account id: the SDKs would ask for another audience. */
async function officialJob() {
  const { runner, workspace } = await newJob()
  const { identity_federation_client_id: clientId = '', account_id: accountId = '' } = inputsFor(workspace)
  const environment = {
    DATABRICKS_AUTH_TYPE: 'github-oidc',
    DATABRICKS_HOST: workspace.host,
    DATABRICKS_CLIENT_ID: clientId,
  }
  const job = startJob(runner, environment)
  const logIn = (inputs: Record<string, string> = {}, more: Record<string, string> = {}) =>
    job.action({ entry: entries.main, inputs: { account_id: accountId, ...inputs }, environment: more })
  return { runner, workspace, job, logIn, accountId }
}

test('the type is left alone, and the audience that worked is there for the clients', async () => {
  const { job, logIn, accountId } = await officialJob()
  const login = await logIn()
  expect([login.exitCode, login.env['DATABRICKS_AUTH_TYPE']]).toEqual([0, undefined])
  expect(login.env).toMatchObject({ DATABRICKS_TOKEN_AUDIENCE: accountId, TOKEN_AUDIENCE: accountId })
  expect(login.env['DATABRICKS_TOKEN']).toBe(login.outputs['token'])
  const step = await job.run('databricks-token; databricks-token exec -- sh -c \'echo "$DATABRICKS_AUTH_TYPE"\'')
  expect(step.stdout).toBe(`${login.outputs['token']}\nmetadata-service\n`)
  expect(job.environment['DATABRICKS_AUTH_TYPE']).toBe('github-oidc')
})

test('for a later login the audience is the first candidate, and no explicit one', async () => {
  const { logIn, accountId, workspace } = await officialJob()
  const kept = (state: Readonly<Record<string, string>>) =>
    JSON.parse(readFileSync(join(state['folder'] ?? '', 'kept', 'login.json'), 'utf8'))
  const first = await logIn()
  expect(kept(first.state)).toMatchObject({ exportedAudience: accountId })
  // Without an account id it is not among the others.
  const second = await logIn({ account_id: '' })
  expect([second.exitCode, kept(second.state).exportedAudience]).toEqual([0, accountId])
  expect(workspace.exchanges.map(({ status }) => status)).toEqual([200, 200])
  // What the user has set is the only one.
  const explicit = await logIn({}, { DATABRICKS_TOKEN_AUDIENCE: 'https://example.com' })
  expect([explicit.exitCode, explicit.stdout]).toEqual([1, expect.stringContaining('(EXCHANGE_REFUSED)')])
  const another = await logIn({ audience: accountId })
  expect(another.exitCode).toBe(0)
})

test('an audience that the job has set itself is not remembered as one that was found', async () => {
  const { logIn, accountId } = await officialJob()
  const login = await logIn({}, { DATABRICKS_TOKEN_AUDIENCE: accountId })
  const kept = readFileSync(join(login.state['folder'] ?? '', 'kept', 'login.json'), 'utf8')
  expect([login.exitCode, JSON.parse(kept).exportedAudience]).toEqual([0, undefined])
})

test.each([
  [{ stay_logged_in: 'true' }, {}, 'stay_logged_in: true'],
  [{ group_id: '42' }, {}, 'group_id'],
  [{}, { DATABRICKS_GROUP_ID: '42' }, 'group_id'],
  [{ scope: 'sql' }, {}, 'scope: sql'],
])('with %j and %j it is refused by name, before any request', async (inputs, environment, name) => {
  const { logIn, workspace } = await officialJob()
  const step = await logIn(inputs, environment)
  expect([step.exitCode, workspace.requests]).toEqual([1, []])
  expect(step.stdout).toContain(`INPUT_INVALID: ${name} does not go together with DATABRICKS_AUTH_TYPE=github-oidc`)
})

test.each([
  ['another principal', { identity_federation_client_id: '00000000-0000-4000-8000-000000000000' }],
  ['account-wide federation', { identity_federation_client_id: 'none' }],
])('as %s it is another login', async (_, inputs) => {
  const { logIn } = await officialJob()
  const step = await logIn(inputs)
  expect([step.exitCode, step.stdout]).toEqual([1, expect.stringContaining('(EXISTING_LOGIN)')])
})
