import { afterEach, expect, test } from 'vitest'
import { asRead, logAsRead } from '../refusals/as-read.ts'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { wholeTokensIn } from '../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, requestsOf, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

test('a dry run tells what the token holds and what has to exist, and asks GitHub alone', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' })
  expect(step).toMatchObject({ exitCode: 0, stderr: '', conclusion: 'success' })
  expect(exportsOf(step)).toEqual(nothing)
  expect(requestsOf(pair)).toEqual([expect.stringMatching(/^GET .*\/idtoken$/)])
  expect(spokenLines(step).filter((line) => line.startsWith('::'))).toEqual([
    '::warning::This was a dry run (dry_run: true): nothing was sent to Databricks, and no later step is logged in.',
  ])
  expect(wholeTokensIn(step.log + step.summary)).toEqual([])
  await expect(logAsRead(step, pair)).toMatchFileSnapshot('texts/dry-run.txt')
  await expect(asRead(step.summary, pair)).toMatchFileSnapshot('texts/dry-run.md')
})

test('it works without client id and account id, with a place for each', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { host: pair.workspace.host, dry_run: 'true' })
  expect(step.exitCode).toBe(0)
  await expect(logAsRead(step, pair)).toMatchFileSnapshot('texts/dry-run-without-ids.txt')
})

test.each(['adb-6051921418418893.3.azuredatabricks.net', 'accounts.cloud.databricks.com', 'dbc.example'])(
  'at %s nothing is asked, either',
  async (host) => {
    const pair = await startPair()
    const step = await loginStep(pair, { host, allow_unknown_host: 'true', dry_run: 'true' })
    expect(step).toMatchObject({ exitCode: 0, stderr: '' })
    const isAzure = host.startsWith('adb')
    expect(step.log).toContain(
      isAzure ? 'https://accounts.azuredatabricks.net' : 'https://accounts.cloud.databricks.com',
    )
    expect(requestsOf(pair)).toHaveLength(1)
  },
)

test('of a pull request no policy is shown, and the way by an environment is', async () => {
  const pair = await startPair(undefined, { claims: { environment: '', event_name: 'pull_request' } })
  const { log, summary } = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' })
  for (const text of [log, summary]) {
    expect(text).not.toContain('oidc_policy')
    expect(text).toMatch(/No policy is shown for pull(_|&#95;)request/)
  }
})

test('of a given subject token iss, sub, aud and exp are shown, and no request is made', async () => {
  const pair = await startPair()
  const claims = { sub: 'me', aud: 'x', repository: 'octo-org/secret', email: 'me@example.com' }
  const subjectToken = await pair.runner.issuer.sign(claims)
  const step = await loginStep(pair, { ...inputsFor(pair), subject_token: subjectToken, dry_run: 'true' })
  expect(step.exitCode).toBe(0)
  const said = spokenLines(step).join('\n')
  expect(said).toMatch(/^subject +me$/m)
  expect(said + step.summary).not.toMatch(/octo-org|example\.com/)
  expect(requestsOf(pair)).toEqual([])
})

test('what is no account id gets into no command', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { host: pair.workspace.host, account_id: '$(id)', dry_run: 'true' })
  expect(step.exitCode).toBe(1)
  expect(step.log).toContain('Error: ACCOUNT_ID_INVALID: The account id $(id) is not a UUID.')
  expect(requestsOf(pair)).toEqual([])
})

test('a dry run that was forgotten is an error where the job holds a token', async () => {
  const pair = await startPair()
  const environment = { DATABRICKS_TOKEN: 'dapi0123', DATABRICKS_AUTH_TYPE: 'pat' }
  const step = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' }, { environment })
  expect(step.exitCode).toBe(1)
  expect(step.log).toContain('Error: EXISTING_LOGIN: dry_run: true logs in nowhere')
  expect(requestsOf(pair)).toEqual([])
})
