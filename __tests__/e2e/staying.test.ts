import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { nodeFlags, startJob } from '../../sandbox/job.ts'
import { readProcess } from '../../src/processes.ts'
import {
  entries,
  inputsFor,
  type LoggedInJobOptions,
  loggedInJob,
  newJob,
  wholeTokensIn,
} from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { askService, stayingIn, untilGone } from '../support/staying.ts'

needs('bash')

const stays = { stay_logged_in: 'true' }

/** A job whose login stays; whatever it leaves ends with the test. */
async function stayingJob(options: LoggedInJobOptions = {}) {
  const started = await loggedInJob({ ...options, inputs: { ...stays, ...options.inputs } })
  const { runner, login, job } = started
  onTestFinished(() => {
    for (const pid of stayingIn(runner.temp)) process.kill(pid, 'SIGKILL')
  })
  const post = (state = login.state) => job.action({ entry: entries.post, state })
  return { ...started, post, pid: readProcess(login.state['process'] ?? '')?.pid ?? 0 }
}

test('every later step finds a service that gives it the token, and renews it', async () => {
  const { job, login, workspace, setSecondsLeft } = await stayingJob()
  expect([login.exitCode, job.environment['DATABRICKS_AUTH_TYPE']]).toEqual([0, 'metadata-service'])
  expect(await askService(job.environment)).toMatchObject({ status: 200, token: login.outputs['token'] })
  setSecondsLeft(100)
  const later = await askService(job.environment)
  expect([later.status, workspace.exchanges.length]).toEqual([200, 2])
  expect(later.token).toBe(workspace.exchanges[1]?.accessToken)
  expect(later.token).not.toBe(login.outputs['token'])
})

test('JDBC parameters of the environment lead to the OAuth endpoint of the same process', async () => {
  const { job, login } = await stayingJob()
  const parameters = new URLSearchParams((job.environment['DATABRICKS_TOKEN_JDBC'] ?? '').replaceAll(';', '&'))
  const credentials = `${parameters.get('OAuth2ClientId')}:${parameters.get('OAuth2Secret')}`
  const described = await fetch(parameters.get('OIDCDiscoveryEndpoint') ?? '')
  const metadata = (await described.json()) as Record<string, string>
  const answer = await fetch(metadata['token_endpoint'] ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(credentials)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'sql' }),
  })
  expect(await answer.json()).toMatchObject({ access_token: login.outputs['token'] })
})

test('post ends process and folder, and says nothing', async () => {
  const { post, pid, login, runner } = await stayingJob()
  expect(stayingIn(runner.temp)).toEqual([pid])
  const ended = await post()
  expect([ended.exitCode, ended.stdout, existsSync(login.state['folder'] ?? '')]).toEqual([0, '', false])
  await untilGone(pid)
  expect(stayingIn(runner.temp)).toEqual([])
})

test('no secret of it is in its arguments or its file, and none of the job in its environment', async () => {
  const { pid, login, job } = await stayingJob({ environment: { NODE_OPTIONS: '--no-warnings', A_SECRET: 'x' } })
  const shown = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  const secrets = [...(job.environment['DATABRICKS_METADATA_SERVICE_URL'] ?? '')].join('').match(/[0-9a-f]{64}/g) ?? []
  expect(secrets.length).toBe(1)
  const kept = readFileSync(join(login.state['folder'] ?? '', 'kept', 'login.json'), 'utf8')
  for (const secret of secrets) expect(shown + kept).not.toContain(secret)
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .map((line) => line.split('=')[0])
  expect(names.filter((name) => /^(INPUT_|NODE_OPTIONS|A_SECRET|DATABRICKS_|GITHUB_)/.test(name ?? ''))).toEqual([])
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toContain('ACTIONS_ID_TOKEN_REQUEST_URL=')
})

test('of its secrets no more than the first half is in the log', async () => {
  const { job } = await stayingJob()
  const step = await job.run('env | grep ^DATABRICKS_')
  const secrets = [...step.stdout.matchAll(/[0-9a-f]{64}/g)].map(([secret]) => secret)
  expect(new Set(secrets).size).toBe(3)
  for (const secret of secrets) {
    expect(step.log).toContain(`${secret.slice(0, 32)}***`)
    expect(step.log).not.toContain(secret.slice(32))
  }
  expect(wholeTokensIn(job.log())).toEqual([])
})

test('signals do not end it, and what exec survives it survives: 300 idle connections', async () => {
  const { job, pid } = await stayingJob()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal)
  const port = Number(new URL(job.environment['DATABRICKS_METADATA_SERVICE_URL'] ?? '').port)
  const idle = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await pause(300)
  expect((await askService(job.environment)).status).toBe(200)
  for (const socket of idle) socket.destroy()
})

test('its worker gone, it removes its folder and ends', async () => {
  const { job, workspace, runner } = await newJob()
  const inputs = inputsFor(workspace, stays)
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
  // The shell stands for the worker: it is gone when the step is.
  const step = await job.run(`'${process.execPath}' ${nodeFlags().join(' ')} '${entries.main}'\necho done`, {
    environment: given,
  })
  expect([step.exitCode, step.stdout]).toEqual([0, expect.stringContaining('done')])
  const { pid = 0 } = readProcess(step.state['process'] ?? '') ?? {}
  await untilGone(pid)
  expect([stayingIn(runner.temp), existsSync(step.state['folder'] ?? '')]).toEqual([[], false])
})

test('a login step whose GITHUB_ENV is full leaves no process and no folder', async () => {
  const { job, workspace, runner } = await newJob()
  const environment = { GITHUB_ENV: '/dev/full' }
  const step = await job.action({ entry: entries.main, inputs: inputsFor(workspace, stays), environment })
  expect([step.exitCode, step.stdout]).toEqual([1, expect.stringContaining('(COMMAND_FILE_WRITE_FAILED)')])
  for (const pid of stayingIn(runner.temp)) await untilGone(pid)
  expect(readdirSync(runner.temp).filter((name) => name.startsWith('databricks-token-'))).toEqual([])
})

test('a login step that is killed while it publishes leaves no process and no folder', async () => {
  const { job, workspace, runner } = await newJob()
  const given = Object.entries(inputsFor(workspace, stays)).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  // The pipe is full, so the step waits where it would write the environment. The shell goes on: the worker is there.
  const script = `
mkfifo pipe
exec 3<>pipe
timeout 1 dd if=/dev/zero of=pipe bs=4096 status=none || true
GITHUB_ENV=pipe '${process.execPath}' ${nodeFlags().join(' ')} '${entries.main}' & step=$!
until grep -q '^principal<<' "$GITHUB_OUTPUT"; do sleep 0.05; done
ls -d "$RUNNER_TEMP"/databricks-token-*
kill -KILL $step
while ls -d "$RUNNER_TEMP"/databricks-token-* 2>/dev/null; do sleep 0.05; done >/dev/null
echo gone`
  const step = await job.run(script, { environment: Object.fromEntries(given), timeoutSeconds: 60 })
  expect(step.stdout, step.log).toMatch(/\ngone\n$/)
  for (const pid of stayingIn(runner.temp)) await untilGone(pid)
})

test('a job that is cancelled stays logged in for the steps that still run, and post ends it', async () => {
  const { job, post, runner, login, pid } = await stayingJob()
  // As the runner does it: first SIGINT, then SIGTERM, to all that the step has started.
  const cancelled = await job.run("trap '' INT; kill -INT 0; trap - TERM; kill -TERM 0; sleep 60")
  expect([cancelled.conclusion, stayingIn(runner.temp)]).toEqual(['failure', [pid]])
  expect((await askService(job.environment)).status).toBe(200)
  await post()
  expect([stayingIn(runner.temp), existsSync(login.state['folder'] ?? '')]).toEqual([[], false])
})

test('twenty jobs in a row leave nothing', { timeout: 300_000 }, async () => {
  const { runner, workspace, post } = await stayingJob()
  await post()
  for (let at = 1; at < 20; at++) {
    const job = startJob(runner)
    const login = await job.action({ entry: entries.main, inputs: inputsFor(workspace, stays) })
    expect([login.exitCode, stayingIn(runner.temp).length]).toEqual([0, 1])
    await job.action({ entry: entries.post, state: login.state })
    expect([stayingIn(runner.temp), existsSync(login.state['folder'] ?? '')]).toEqual([[], false])
  }
  expect(readdirSync(runner.temp).filter((name) => name.startsWith('databricks-token-'))).toEqual([])
})

test('a process that does not end by itself is killed by post', async () => {
  const { post, pid, runner } = await stayingJob()
  process.kill(pid, 'SIGSTOP')
  const ended = await post()
  expect([ended.exitCode, ended.stdout, stayingIn(runner.temp)]).toEqual([0, '', []])
})

test('one that the system does not tell from another under its number is left, and named', async () => {
  const { post, pid, login, runner } = await stayingJob()
  process.kill(pid, 'SIGSTOP')
  const ended = await post({ ...login.state, process: `${pid}:` })
  const told = `::warning::The process that kept later steps logged in still runs (${pid}).\n`
  expect([ended.exitCode, ended.stdout, stayingIn(runner.temp)]).toEqual([0, told, [pid]])
})

test('a process that was killed is told by post, which fails nothing', async () => {
  const { post, pid } = await stayingJob()
  process.kill(pid, 'SIGKILL')
  await untilGone(pid)
  const ended = await post()
  expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringMatching(/^::warning::The process that kept .+\n$/)])
})

test('why nothing was renewed is in the answer to clients, and in a warning of post', async () => {
  const { job, post, workspace, setSecondsLeft } = await stayingJob({ inputs: { timeout_seconds: '20' } })
  workspace.server.before = (_, response) => {
    response.writeHead(503).end()
    return true
  }
  setSecondsLeft(30)
  const { status, error } = await askService(job.environment)
  expect([status, error]).toEqual([503, expect.stringMatching(/no valid token at this time\. SERVER_UNAVAILABLE: /)])
  const ended = await post()
  expect(ended.stdout).toMatch(
    /^::warning::The login of later steps could not be renewed at the end\. SERVER_UNAVAILABLE: /,
  )
})

test.each([
  [{ export_env: 'false' }, 'export_env: false'],
  [{ token_command: 'none' }, 'token_command: none'],
  [{ dry_run: 'true' }, 'dry_run: true'],
  [{ subject_token: 'a.b.c' }, 'subject_token'],
])('with %j it is refused before any request', async (inputs, named) => {
  const { login, runner } = await loggedInJob({ inputs: { ...stays, ...inputs } })
  expect([login.exitCode, runner.requests.length]).toEqual([1, 0])
  expect(login.stdout).toContain(`INPUT_INVALID: stay_logged_in: true does not go together with ${named}`)
})
