import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { startJob } from '../../sandbox/job.ts'
import { asRead, logAsRead } from '../refusals/as-read.ts'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { entries, wholeTokensIn } from '../support/logged-in-job.ts'
import { exportsOf, inputsFor, loginStep, nothing, requestsOf, spokenLines } from '../support/login-step.ts'

afterEach(cleanUp)

test('a dry run tells what the token holds and what has to exist, and asks GitHub alone', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' })
  expect(step).toMatchObject({ exitCode: 0, stderr: '', conclusion: 'success' })
  expect(exportsOf(step)).toMatchObject({ outputs: {}, env: {}, path: [expect.stringContaining('databricks-token-')] })
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
    expect(step.log).toContain(
      host.startsWith('adb') ? 'console=https://accounts.azuredatabricks.net' : 'sh set-up.sh github',
    )
    expect(requestsOf(pair)).toHaveLength(1)
  },
)

test('of a pull request no policy is shown, nor a line that would make one', async () => {
  const pair = await startPair(undefined, { claims: { environment: '', event_name: 'pull_request' } })
  const { log, summary } = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' })
  for (const text of [log, summary]) {
    expect(text).not.toMatch(/oidc_policy|set-up\.sh account/)
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

test('without a host there is a place for it', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { dry_run: 'true' })
  expect(step).toMatchObject({ exitCode: 0, conclusion: 'success' })
  expect(step.log).toContain(' workspace=WORKSPACE ')
  expect(requestsOf(pair)).toHaveLength(1)
})

test('it leaves a command that says so and gives no token, until its post step', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  const { state } = await loginStep(pair, { dry_run: 'true' }, {}, job)
  for (const call of ['databricks-token', 'databricks-token exec -- true', 'databricks-token sql "SELECT 1"']) {
    const { exitCode, stdout, log } = await job.run(call)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(log).toContain('Error: DRY_RUN: The login step of this job was a dry run (dry_run: true).')
  }
  await job.action({ entry: entries.post, state })
  expect(existsSync(state['folder'] ?? '')).toBe(false)
})

test('it leaves none where the job has a databricks-token, and minds no login that is there', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  await loginStep(pair, inputsFor(pair), {}, job)
  const step = await loginStep(pair, { ...inputsFor(pair), dry_run: 'true' }, {}, job)
  expect(step).toMatchObject({ exitCode: 0, conclusion: 'success' })
  expect(exportsOf(step)).toEqual(nothing)
  expect((await job.run('databricks-token')).exitCode).toBe(0)
})

test('a login after a dry run of the same job is a login', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  await loginStep(pair, { dry_run: 'true' }, {}, job)
  expect((await loginStep(pair, inputsFor(pair), {}, job)).exitCode).toBe(0)
  expect((await job.run('databricks-token')).exitCode).toBe(0)
})

test('token_command: none leaves no command', async () => {
  const pair = await startPair()
  const step = await loginStep(pair, { dry_run: 'true', token_command: 'none' })
  expect(step.exitCode).toBe(0)
  expect(exportsOf(step)).toEqual(nothing)
})
