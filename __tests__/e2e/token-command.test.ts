import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultAccountId } from '../../sandbox/workspace.ts'
import { loggedInJob, oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { inRepository } from '../support/repository.ts'

needs('bash')

const loggedIn = oneLogin(loggedInJob)

const COMMAND = inRepository('dist', 'command', 'index.js')
const exchangesOf = ({ exchanges }: { exchanges: readonly unknown[] }) => exchanges.length

test('prints the kept token, alone, without a request', async () => {
  const { job, workspace, login, runner } = await loggedIn()
  const asked = runner.requests.length
  const step = await job.run('databricks-token > token; databricks-token --output json; cat token')
  const [json = '', token = ''] = step.stdout.split('\n')
  expect(token).toBe(login.outputs['token'])
  expect(JSON.parse(json)).toEqual({
    access_token: token,
    token_type: 'Bearer',
    expiry: login.outputs['expires_at'],
  })
  const mask = `\n::add-mask::${token.split('.')[2]}\n`
  expect(step.stderr).toBe(mask + mask)
  expect([exchangesOf(workspace), runner.requests.length]).toEqual([1, asked])
})

test('loads no network module when the kept token will do, and does when it will not', async () => {
  const { job, runner } = await loggedIn()
  const spy = join(runner.temp, 'spy.mjs')
  writeFileSync(
    spy,
    `process.on('exit', () => process.stderr.write(
      'loaded:' + process.moduleLoadList.filter((name) => /^NativeModule (https?|tls|_http_client)$/.test(name))))`,
  )
  const environment = { NODE_OPTIONS: `--import=${spy}` }
  const kept = await job.run('databricks-token > /dev/null', { environment })
  expect(kept.stderr).toMatch(/\n::add-mask::\S+\nloaded:$/)
  const renewed = await job.run('databricks-token --min-validity 400 > /dev/null', { environment })
  expect(renewed.stderr).toContain('NativeModule http')
})

test('logs in again when the kept token is about to end, masks first, and keeps the new one', async () => {
  const { job, workspace, login, setSecondsLeft } = await loggedIn()
  setSecondsLeft(59)
  const step = await job.run(
    'token=$(databricks-token); again=$(databricks-token); [ "$token" = "$again" ]; echo "$token"',
  )
  const token = step.stdout.trim()
  expect(token).not.toBe(login.outputs['token'])
  expect(exchangesOf(workspace)).toBe(2)
  expect(step.stderr).toContain(`\n::add-mask::${token.split('.')[2]}\n`)
  expect(step.stderr).not.toContain(token)
  expect(wholeTokensIn(step.log)).toEqual([])
})

test.each([
  ['text without a newline on stderr before', 'printf begun >&2; token=$(databricks-token); echo "$token"'],
  ['stderr thrown away, and the token kept to itself', 'token=$(databricks-token 2>/dev/null)'],
  ['inside ::stop-commands::', 'echo "::stop-commands::halt-4711"; token=$(databricks-token); echo "::halt-4711::"'],
])('no whole token in the log: %s', async (_, script) => {
  const { job, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  expect((await job.run(script)).exitCode).toBe(0)
  expect(wholeTokensIn(job.log())).toEqual([])
})

test('outside a workflow no workflow command is printed', async () => {
  const { job } = await loggedIn()
  const step = await job.run('env -u GITHUB_ACTIONS -u ACTIONS_ID_TOKEN_REQUEST_URL databricks-token > /dev/null')
  expect([step.exitCode, step.stderr]).toEqual([0, ''])
})

test('fifty calls at once on an ended token: one exchange, fifty times the same token', async () => {
  const { job, workspace, setSecondsLeft } = await loggedIn()
  setSecondsLeft(-10)
  const step = await job.run(
    'for i in $(seq 50); do databricks-token > "t$i" & done; wait; cat t* | sort | uniq -c | sed "s/^ *//"',
    { timeoutSeconds: 120 },
  )
  expect(step.stdout).toMatch(/^50 eyJ\S+\n$/)
  expect(exchangesOf(workspace)).toBe(2)
})

test('a caller that was killed with the lock holds nobody up for long', async () => {
  const { job, login, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  writeFileSync(join(login.state['folder'] ?? '', 'kept', 'lock'), '4194305 killed')
  const step = await job.run('databricks-token > /dev/null')
  expect(step.exitCode).toBe(0)
  expect(readdirSync(join(login.state['folder'] ?? '', 'kept')).sort()).toEqual([
    'login.json',
    'masks.json',
    'token.json',
  ])
})

test.each([
  [45, 0, 'lives on for'],
  [40, 1, 'SERVER_UNAVAILABLE'],
])('while the login fails a token with %i s to live: exit %i', async (seconds, exitCode, told) => {
  const { job, workspace, login, setSecondsLeft } = await loggedInJob({ inputs: { timeout_seconds: '20' } })
  workspace.server.before = (_, response) => {
    response.writeHead(503).end()
    return true
  }
  setSecondsLeft(seconds)
  const step = await job.run('databricks-token || exit $?')
  expect(step.exitCode).toBe(exitCode)
  expect(step.stdout).toBe(exitCode === 0 ? `${login.outputs['token']}\n` : '')
  expect(step.stderr).toContain(told)
})

test('a wrong option: exit 2 and nothing on stdout', async () => {
  const { job } = await loggedIn()
  const step = await job.run('databricks-token --minvalidity 3 || exit $?')
  expect([step.exitCode, step.stdout]).toEqual([2, ''])
  expect(step.stderr).toContain('--minvalidity is not known')
})

test('what was written is told on one line, and is no command of the runner', async () => {
  const { job } = await loggedIn()
  const step = await job.run(`databricks-token --min-validity $'1\\n::stop-commands::x' || exit $?`)
  expect(step.exitCode).toBe(2)
  expect(step.stderr).toMatch(/^databricks-token: --min-validity cannot be 1 ::stop-commands::x\n\nUsage:\n/)
  expect(step.stderr).not.toMatch(/^::/m)
})

test('--help and --version', async () => {
  const { job } = await loggedIn()
  const step = await job.run('databricks-token --version; databricks-token --help')
  expect(step.stdout).toMatch(/^\d+\.\d+\.\d+\nUsage:\n/)
  const exec = await job.run('databricks-token exec --help')
  expect([exec.exitCode, exec.stdout.split('\n')[0], exec.stderr]).toEqual([0, 'Usage:', ''])
})

test.skipIf(process.platform !== 'linux')('a token that cannot be written: exit 1, and the reason', async () => {
  const { job } = await loggedIn()
  for (const words of ['', ' --output json', ' --help']) {
    const step = await job.run(`databricks-token${words} > /dev/full || exit $?`)
    expect([step.exitCode, step.stdout]).toEqual([1, ''])
    expect(step.stderr).toContain('RESULT_UNWRITABLE: Writing to stdout failed (ENOSPC).')
  }
})

test('without a kept token, and with the login still there, it logs in again', async () => {
  const { job, login, workspace } = await loggedIn()
  rmSync(join(login.state['folder'] ?? '', 'kept', 'token.json'))
  const step = await job.run('databricks-token')
  expect([step.exitCode, wholeTokensIn(step.stdout).length, exchangesOf(workspace)]).toEqual([0, 1, 2])
})

test('without the folder that its own file names it tells what to do', async () => {
  const { job } = await loggedIn()
  const step = await job.run('"$NODE" "$COMMAND" || exit $?', { environment: { NODE: process.execPath, COMMAND } })
  expect([step.exitCode, step.stdout]).toEqual([1, ''])
  expect(step.stderr).toContain('KEPT_LOGIN_UNUSABLE')
})

test('needs no Node on PATH', async () => {
  const { job } = await loggedIn()
  const step = await job.run(
    'PATH=$(dirname "$(command -v databricks-token)"); databricks-token; databricks-token --min-validity 400',
  )
  expect([step.exitCode, wholeTokensIn(step.stdout).length]).toEqual([0, 2])
})

test('without id-token: write a renewal says so', async () => {
  const { job, setSecondsLeft } = await loggedIn()
  setSecondsLeft(0)
  const step = await job.run('unset ACTIONS_ID_TOKEN_REQUEST_TOKEN; databricks-token || exit $?')
  expect([step.exitCode, step.stdout]).toEqual([1, ''])
  expect(step.stderr).toContain('ID_TOKEN_PERMISSION_MISSING')
})

test('a given subject token: its access token while it lives, and then what to do', async () => {
  const { runner, job, workspace, setSecondsLeft, login } = await loggedInJob({
    subjectToken: ({ issuer, claims }) => issuer.sign({ ...claims, aud: defaultAccountId }),
  })
  const asked = workspace.requests.length
  const step = await job.run('databricks-token --min-validity 400')
  expect(step.stdout.trim()).toBe(login.outputs['token'])
  setSecondsLeft(30)
  const ended = await job.run('databricks-token || exit $?')
  expect([ended.exitCode, ended.stdout]).toEqual([1, ''])
  expect(ended.stderr).toContain('TOKEN_NOT_RENEWABLE')
  expect([workspace.requests.length, runner.requests.length]).toEqual([asked, 0])
})

test('token_command: none keeps nothing', async () => {
  const { job, login, runner } = await loggedInJob({ inputs: { token_command: 'none' } })
  expect([login.exitCode, login.state, login.path]).toEqual([0, {}, []])
  expect(readdirSync(runner.temp).filter((name) => name.startsWith('databricks-token-'))).toEqual([])
  expect((await job.run('databricks-token || exit $?')).exitCode).toBe(127)
})
