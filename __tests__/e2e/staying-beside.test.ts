import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { readProcess } from '../../src/processes.ts'
import {
  entries,
  inputsFor,
  type LoggedInJob,
  type LoggedInJobOptions,
  loggedInJob,
  wholeTokensIn,
} from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { askService, stayingIn, untilGone } from '../support/staying.ts'

needs('bash')

const stays = { stay_logged_in: 'true' }
const SERVICE = ['DATABRICKS_AUTH_TYPE', 'DATABRICKS_METADATA_SERVICE_URL', 'DATABRICKS_TOKEN_JDBC']

async function stayingJob(options: LoggedInJobOptions = {}) {
  const started = await loggedInJob({ ...options, inputs: { ...stays, ...options.inputs } })
  const { runner, login, job, workspace } = started
  onTestFinished(() => {
    for (const pid of stayingIn(runner.temp)) process.kill(pid, 'SIGKILL')
  })
  const again = (inputs: Record<string, string> = {}, environment: Record<string, string> = {}) =>
    job.action({ entry: entries.main, inputs: inputsFor(workspace, inputs), environment })
  const post = (state = login.state) => job.action({ entry: entries.post, state })
  return { ...started, again, post, pid: readProcess(login.state['process'] ?? '')?.pid ?? 0 }
}

test('a second login that stays has a folder and a process of its own, and each post ends its own', async () => {
  const { again, post, job, login, runner, pid } = await stayingJob()
  const first = job.environment['DATABRICKS_METADATA_SERVICE_URL'] ?? ''
  const second = await again(stays)
  expect([second.exitCode, stayingIn(runner.temp).length]).toEqual([0, 2])
  expect(second.env['DATABRICKS_METADATA_SERVICE_URL']).not.toBe(first)
  expect(second.state['folder']).not.toBe(login.state['folder'])
  const older = { ...job.environment, DATABRICKS_METADATA_SERVICE_URL: first }
  expect([(await askService(job.environment)).status, (await askService(older)).status]).toEqual([200, 200])
  await post(second.state)
  expect([stayingIn(runner.temp), existsSync(login.state['folder'] ?? '')]).toEqual([[pid], true])
  await post()
  expect(stayingIn(runner.temp)).toEqual([])
})

test('a login within an action leaves a login that stays alone', async () => {
  const { again, job, runner, pid } = await stayingJob()
  const before = SERVICE.map((name) => job.environment[name])
  const second = await again()
  expect([second.exitCode, Object.keys(second.env).filter((name) => SERVICE.includes(name))]).toEqual([0, []])
  expect(SERVICE.map((name) => job.environment[name])).toEqual(before)
  expect([stayingIn(runner.temp), (await askService(job.environment)).status]).toEqual([[pid], 200])
})

test('a login as another principal does not take a login that stays for its own', async () => {
  const { again } = await stayingJob()
  const other = await again({ identity_federation_client_id: '00000000-0000-4000-8000-000000000000' })
  expect([other.exitCode, other.stdout]).toEqual([1, expect.stringContaining('(EXISTING_LOGIN)')])
  const group = await again({ group_id: '42' })
  expect([group.exitCode, group.stdout]).toEqual([1, expect.stringContaining('(EXISTING_LOGIN)')])
})

test('a metadata service of somebody else is a login of somebody else, and is asked nothing', async () => {
  const { again, job, workspace } = await stayingJob()
  const url = job.environment['DATABRICKS_METADATA_SERVICE_URL'] ?? ''
  const asked = workspace.requests.length
  for (const other of [`${workspace.host}/token`, `${url}x`, '']) {
    const step = await again(stays, { DATABRICKS_METADATA_SERVICE_URL: other })
    expect([step.exitCode, step.stdout]).toEqual([1, expect.stringContaining('(EXISTING_LOGIN)')])
  }
  expect(workspace.requests.length).toBe(asked)
})

test('exec and sql work under it as without it', async () => {
  const { job, setSecondsLeft, workspace } = await stayingJob()
  setSecondsLeft(20)
  const variables = 'echo "$DATABRICKS_AUTH_TYPE $DATABRICKS_METADATA_SERVICE_URL"'
  const exec = await job.run(`databricks-token exec -- sh -c '${variables}'`)
  expect(exec.stdout).toMatch(/^metadata-service http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}\/token\n$/)
  expect(exec.stdout).not.toContain(job.environment['DATABRICKS_METADATA_SERVICE_URL'])
  const one = await job.run(`databricks-token exec --auth pat -- sh -c '${variables}'`)
  expect(one.stdout).toBe('pat \n')
  const m2m = await job.run(`databricks-token exec --auth oauth-m2m -- sh -c '${variables}'`)
  expect(m2m.stdout).toBe('oauth-m2m \n')
  const sql = await job.run(`databricks-token sql --warehouse ${workspace.warehouseId} --format csv 'SELECT 42 AS n'`)
  expect([sql.exitCode, sql.stdout]).toEqual([0, 'n\n42\n'])
})

/** A step that masks, which has masked the token of the login by then. */
async function maskingStep({ job }: Pick<LoggedInJob, 'job'>, command = 'databricks-token masks') {
  let running: ChildProcess | undefined
  const first = Promise.withResolvers<unknown>()
  const ended = job.run(`exec ${command}`, {
    started: (child) => {
      running = child
      child.stderr?.once('data', first.resolve)
    },
  })
  await first.promise
  return { ended, end: () => running?.kill('SIGINT') }
}

test('the step masks masks a token that is renewed before anybody gets it, and ends when it is told to', async () => {
  const started = await stayingJob()
  const { job, setSecondsLeft, workspace } = started
  const masking = await maskingStep(started)
  setSecondsLeft(100)
  const { token } = await askService(job.environment)
  const printed = await job.run(`echo ${token}`)
  masking.end()
  const step = await masking.ended
  expect([step.exitCode, step.stdout, workspace.exchanges.length]).toEqual([0, '', 2])
  expect(step.stderr).toContain(`\n::add-mask::${token.split('.')[2]}\n`)
  expect([wholeTokensIn(step.stderr), wholeTokensIn(printed.log)]).toEqual([[], []])
  expect(printed.log).toContain('***')
})

test('where no runner reads what it prints, masks says so', async () => {
  const command = 'env -u GITHUB_ACTIONS -u ACTIONS_ID_TOKEN_REQUEST_URL databricks-token masks'
  const masking = await maskingStep(await loggedInJob(), command)
  masking.end()
  const step = await masking.ended
  expect([step.exitCode, step.stderr]).toEqual([
    0,
    'databricks-token: There is no runner here that would read a mask.\n',
  ])
})

test('masks ends with the login, too', async () => {
  const started = await stayingJob()
  const masking = await maskingStep(started)
  await started.post()
  expect((await masking.ended).exitCode).toBe(0)
  await untilGone(started.pid)
})

// As the SDK for Java and the new ones for JavaScript see it: they know no metadata service, and say so at once.
test('env: DATABRICKS_AUTH_TYPE: pat on a step gives it the token, as without stay_logged_in', async () => {
  const { job, login } = await stayingJob()
  const environment = { DATABRICKS_AUTH_TYPE: 'pat' }
  const step = await job.run('[ "$DATABRICKS_AUTH_TYPE" = pat ] && [ -n "$DATABRICKS_TOKEN" ]', { environment })
  expect([step.exitCode, job.environment['DATABRICKS_TOKEN']]).toEqual([0, login.outputs['token']])
})
