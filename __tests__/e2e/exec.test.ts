import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loggedInJob, oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs, needsHere } from '../support/needs.ts'
import { readRepository } from '../support/repository.ts'

needs('bash')

const loggedIn = oneLogin(loggedInJob)

test('the program gets this login and nothing that competes with it', async () => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(`databricks-token exec -- sh -c 'env | grep -E "^(DATABRICKS|ARM)_" | sort'`, {
    environment: { DATABRICKS_CLIENT_ID: 'x', DATABRICKS_CONFIG_PROFILE: 'x', ARM_CLIENT_ID: 'kept' },
  })
  const lines = step.stdout.trim().split('\n')
  const without = lines.map((line) => line.replace(/(TOKEN|SERVICE_URL|JDBC)=.*/, '$1=…'))
  expect(without).toEqual([
    'ARM_CLIENT_ID=kept',
    'DATABRICKS_AUTH_TYPE=metadata-service',
    `DATABRICKS_HOST=${workspace.host}`,
    'DATABRICKS_METADATA_SERVICE_URL=…',
    `DATABRICKS_SERVER_HOSTNAME=${new URL(workspace.host).host}`,
    'DATABRICKS_TOKEN=…',
    'DATABRICKS_TOKEN_JDBC=…',
  ])
})

test('where the login is to a workspace of a unified host, the program is told which', async () => {
  const { job, login } = await loggedIn()
  const file = join(login.state['folder'] ?? '', 'kept', 'login.json')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), workspaceId: '9007199254740993' }))
  const step = await job.run(`databricks-token exec -- sh -c 'echo "$DATABRICKS_WORKSPACE_ID"'`, {
    environment: { DATABRICKS_WORKSPACE_ID: 'of another login' },
  })
  expect(step.stdout).toBe('9007199254740993\n')
})

// Shells, Terraform, bundles, npm, Spring and Node read these; dash and busybox would hand none of them on.
const oddNames = {
  'TF_VAR_node-count': '7',
  'BUNDLE_VAR_node-count': '7',
  'spring.datasource.url': 'jdbc:postgresql:x',
  'npm_config_@scope:registry': 'https://npm.example',
  'BASH_FUNC_greet%%': '() {  echo hello\n}',
  'a b': 'space',
  '1st': 'digit',
  'x[0]': 'brackets',
  '-n': 'dash',
  Köln: 'letters',
  EMPTY: '',
  LINES: 'one\ntwo',
}
// Bash sets it anew for each program.
const withoutBash = (environment: string) => environment.split('\0').filter((entry) => !entry.startsWith('_='))
const nameIn = (entry: string) => entry.slice(0, entry.indexOf('='))

test('the program has every variable of the step, whatever its name, but for those that the docs name', async () => {
  const { job, runner } = await loggedIn()
  const [, table = ''] =
    /\n\| the program gets \|[^\n]*\n((?:\|.*\n)+)/.exec(readRepository('docs', 'security.md')) ?? []
  const named = [...table.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  const environment = {
    ...oddNames,
    HTTP_PROXY: 'http://proxy.example:3128',
    DATABRICKS_CLIENT_ID: 'x',
    DATABRICKS_OIDC_TOKEN: 'x',
    DATABRICKS_CONFIG_PROFILE: 'x',
    DATABRICKS_HTTP_PATH: '/sql/1.0/warehouses/1',
    ARM_CLIENT_ID: 'x',
  }
  for (const auth of ['metadata-service', 'oauth-m2m', 'pat']) {
    await job.run(`env -0 > step; databricks-token exec --auth ${auth} -- env -0 > program`, { environment })
    const read = (name: string) => withoutBash(readFileSync(join(runner.workspace, name), 'utf8'))
    const [step, program] = [read('step'), read('program')]
    const inOne = [...step, ...program].filter((entry) => !step.includes(entry) || !program.includes(entry))
    const differ = [...new Set(inOne.map(nameIn))]
    expect(differ.filter((name) => !named.includes(name))).toEqual([])
    expect(step.map(nameIn)).toEqual(expect.arrayContaining(Object.keys(environment)))
    expect(program.map(nameIn)).not.toContain('DATABRICKS_OIDC_TOKEN')
  }
})

test('--auth pat serves nothing', async () => {
  const { job } = await loggedIn()
  const step = await job.run(
    `databricks-token exec --auth pat -- sh -c 'echo $DATABRICKS_AUTH_TYPE $DATABRICKS_METADATA_SERVICE_URL'`,
  )
  expect(step.stdout).toBe('pat\n')
})

test.each([
  [`sh -c 'exit 0'`, 0],
  [`sh -c 'exit 7'`, 7],
  ['no-such-program', 127],
  ['/', 126],
  [`''`, 127],
])('exit code of %s: %i', async (program, exitCode) => {
  const { job } = await loggedIn()
  expect((await job.run(`databricks-token exec -- ${program} || exit $?`)).exitCode).toBe(exitCode)
})

test('a path through a file is not executable', async (context) => {
  needsHere(context, 'ENOTDIR')
  const { job } = await loggedIn()
  expect((await job.run('databricks-token exec -- /etc/passwd/x || exit $?')).exitCode).toBe(126)
})

test('a program that a signal ended', async (context) => {
  needsHere(context, 'signals')
  const { job } = await loggedIn()
  expect((await job.run(`databricks-token exec -- sh -c 'kill -TERM $$' || exit $?`)).exitCode).toBe(143)
})

test('stdin and large output pass untouched', async () => {
  const { job } = await loggedIn()
  const step = await job.run(
    'head -c 3000000 /dev/urandom > in; databricks-token exec -- cat < in > out; cmp in out && echo same',
  )
  expect(step.stdout).toBe('same\n')
})

test.skipIf(!existsSync('/usr/bin/script'))('a terminal stays one', async () => {
  const { job } = await loggedIn()
  const inside = 'databricks-token exec -- sh -c "test -t 0 && test -t 1 && echo terminal"'
  const step = await job.run(`script -qec '${inside}' /dev/null < /dev/null`)
  expect(step.stdout).toContain('terminal')
})

describe('signals', () => {
  needs('signals')

  test.each(['INT', 'TERM', 'HUP'])('SIG%s reaches the program, and its answer is the exit code', async (signal) => {
    const { job } = await loggedIn()
    const step = await job.run(`
cat > program.sh <<'SH'
trap 'echo got ${signal}; exit 9' ${signal}
touch ready
while :; do sleep 0.05; done
SH
databricks-token exec -- sh program.sh &
while [ ! -e ready ]; do sleep 0.05; done
kill -${signal} $!
wait $! || exit $?
`)
    expect([step.exitCode, step.stdout]).toEqual([9, `got ${signal}\n`])
  })
})

const askOften = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
const ask = () => fetch(process.env.DATABRICKS_METADATA_SERVICE_URL, {
  headers: { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': process.env.DATABRICKS_HOST },
})
const first = await (await ask()).json()
console.log(first.access_token === process.env.DATABRICKS_TOKEN)
writeFileSync('ready', '')
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20))
const answers = await Promise.all(Array.from({ length: 20 }, async () => (await ask()).json()))
console.log(new Set(answers.map((answer) => answer.access_token)).size)
console.log(answers[0].access_token !== first.access_token)
process.exit(0)
`

test('while the program runs its token is renewed, once for all who ask, and masked before it is served', async () => {
  const { job, runner, workspace, setSecondsLeft } = await loggedIn()
  writeFileSync(join(runner.workspace, 'ask.mjs'), askOften)
  const running = job.run('databricks-token exec -- node ask.mjs')
  while (!existsSync(join(runner.workspace, 'ready'))) await pause(20)
  // Of no use any more: one with more to live would be given to those for whom the login takes too long.
  setSecondsLeft(30)
  writeFileSync(join(runner.workspace, 'go'), '')
  const step = await running
  expect(step.stdout).toBe('true\n1\ntrue\n')
  expect(workspace.exchanges.length).toBe(2)
  expect(step.stderr).toMatch(/\n::add-mask::[\w-]{40,}\n/)
  expect(wholeTokensIn(step.stderr)).toEqual([])
})

test('the service hands out a token that is kept no longer', async () => {
  const { job, runner, login } = await loggedIn()
  writeFileSync(join(runner.workspace, 'ask.mjs'), askOften)
  writeFileSync(join(runner.workspace, 'go'), '')
  const script = `rm "${join(login.state['folder'] ?? '', 'kept', 'token.json')}"; node ask.mjs`
  const step = await job.run(`databricks-token exec -- sh -c '${script}'`)
  expect(step.stdout).toBe('true\n1\nfalse\n')
})

// Lets 200 s pass in every process of the job from the moment that the folder is gone.
const laterWithoutFolder = (folder: string) => `
import { existsSync } from 'node:fs'
const { now } = Date
Date.now = () => now() + (existsSync(${JSON.stringify(folder)}) ? 0 : 200_000)
`
const askAroundWipe = `
import { rmSync } from 'node:fs'
const { DATABRICKS_METADATA_SERVICE_URL: service, DATABRICKS_HOST: host, RUNNER_TEMP: temporary } = process.env
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
const ask = async () => (await (await fetch(service, { headers })).json()).access_token
const before = await ask()
rmSync(temporary, { recursive: true })
const after = await ask()
console.log(typeof after, after !== before, (await ask()) === after)
`

test('when RUNNER_TEMP is wiped under exec its program is served on, by a login of its own', async () => {
  const { job, runner, login, workspace } = await loggedIn()
  const clock = join(runner.workspace, 'clock.mjs')
  writeFileSync(clock, laterWithoutFolder(login.state['folder'] ?? ''))
  writeFileSync(join(runner.workspace, 'ask.mjs'), askAroundWipe)
  const environment = { NODE_OPTIONS: `--import=${pathToFileURL(clock).href}` }
  const step = await job.run('databricks-token exec -- node ask.mjs', { environment })
  expect([step.stdout, workspace.exchanges.length]).toEqual(['string true true\n', 2])
  expect(step.stderr).not.toMatch(/UNEXPECTED|UNFINISHED|ENOENT/)
})

test('the service ends with the program', async () => {
  const { job } = await loggedIn()
  const step = await job.run(`databricks-token exec -- sh -c 'echo $DATABRICKS_METADATA_SERVICE_URL'`)
  await expect(fetch(step.stdout.trim())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

test('the service ends with the program, whoever of its children lives on', async (context) => {
  needsHere(context, 'signals')
  const { job } = await loggedIn()
  const inside = 'sleep 20 > /dev/null 2>&1 & echo $! $DATABRICKS_METADATA_SERVICE_URL; kill -KILL $$'
  const step = await job.run(`databricks-token exec -- sh -c '${inside}' || exit $?`)
  const [child = '', url = ''] = step.stdout.trim().split(' ')
  expect(step.exitCode).toBe(137)
  expect(process.kill(Number(child), 'SIGKILL')).toBe(true)
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

test('without a token to start with the program is not started', async () => {
  const { job, workspace, setSecondsLeft } = await loggedInJob({ inputs: { timeout_seconds: '20' } })
  workspace.server.before = (_, response) => {
    response.writeHead(503).end()
    return true
  }
  setSecondsLeft(10)
  const step = await job.run('databricks-token exec -- touch started || echo "exit $?"; ls')
  expect(step.stdout).toBe('exit 1\n')
  expect(step.stderr).toContain('SERVER_UNAVAILABLE')
})
