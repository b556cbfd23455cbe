import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { defaultAccountId } from '../../sandbox/workspace.ts'
import { loggedInJob, oneLogin, wholeTokensIn } from '../support/logged-in-job.ts'

const loggedIn = oneLogin(loggedInJob)

const variables = `env | grep -E "^DATABRICKS_" | sort`

test('with --auth oauth-m2m the SDKs are told of the OAuth endpoint, and not of the metadata service', async () => {
  const { job, workspace } = await loggedIn()
  const step = await job.run(`databricks-token exec --auth oauth-m2m -- sh -c '${variables}'`)
  const lines = step.stdout.trim().split('\n')
  const without = lines.map((line) => line.replace(/(TOKEN|DISCOVERY_URL|SECRET|JDBC)=.*/, '$1=…'))
  expect(without).toEqual([
    'DATABRICKS_AUTH_TYPE=oauth-m2m',
    'DATABRICKS_CLIENT_ID=databricks-token',
    'DATABRICKS_CLIENT_SECRET=…',
    'DATABRICKS_DISCOVERY_URL=…',
    `DATABRICKS_HOST=${workspace.host}`,
    `DATABRICKS_SERVER_HOSTNAME=${new URL(workspace.host).host}`,
    'DATABRICKS_TOKEN=…',
    'DATABRICKS_TOKEN_JDBC=…',
  ])
})

test.each(['metadata-service', 'pat'])('with --auth %s an endpoint of the job is not handed on', async (auth) => {
  const { job } = await loggedIn()
  const inherited = { DATABRICKS_DISCOVERY_URL: 'inherited', DATABRICKS_TOKEN_JDBC: 'inherited' }
  const step = await job.run(`databricks-token exec --auth ${auth} -- sh -c '${variables}'`, { environment: inherited })
  expect(step.stdout).not.toContain('inherited')
  expect(step.stdout).not.toContain('DISCOVERY_URL')
})

test('whatever a program prints of its secrets, no more than the first half of one is in the log', async () => {
  const { job } = await loggedIn()
  const step = await job.run(`databricks-token exec --auth oauth-m2m -- sh -c '${variables}'`)
  const secrets = [...step.stdout.matchAll(/[0-9a-f]{64}/g)].map(([secret]) => secret)
  expect(new Set(secrets).size).toBe(2)
  for (const secret of secrets) {
    expect(step.log).toContain(`${secret.slice(0, 32)}***`)
    expect(step.log).not.toContain(secret.slice(32))
    expect(step.stderr).not.toContain(secret.slice(0, 32))
  }
})

// The driver's way: metadata, then a form with HTTP Basic, out of the parameters for its URL.
const askAsADriver = `
import { existsSync, writeFileSync } from 'node:fs'
const parameters = new URLSearchParams(process.env.DATABRICKS_TOKEN_JDBC.replaceAll(';', '&'))
const credentials = parameters.get('OAuth2ClientId') + ':' + parameters.get('OAuth2Secret')
const { token_endpoint: endpoint } = await (await fetch(parameters.get('OIDCDiscoveryEndpoint'))).json()
const ask = async () => {
  const headers = { authorization: 'Basic ' + btoa(credentials) }
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'sql' })
  return (await fetch(endpoint, { method: 'POST', headers, body })).json()
}
const first = await ask()
console.log(parameters.get('AuthMech'), parameters.get('Auth_Flow'), first.token_type, first.scope)
console.log(first.access_token === process.env.DATABRICKS_TOKEN)
writeFileSync('ready', '')
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20))
const answers = await Promise.all(Array.from({ length: 20 }, ask))
console.log(new Set(answers.map((answer) => answer.access_token)).size, answers[0].access_token !== first.access_token)
process.exit(0)
`

test('a driver renews by the parameters for its URL, and each token that it gets is masked', async () => {
  const { job, runner, workspace, setSecondsLeft } = await loggedIn()
  writeFileSync(join(runner.workspace, 'driver.mjs'), askAsADriver)
  const running = job.run('databricks-token exec -- node driver.mjs')
  while (!existsSync(join(runner.workspace, 'ready'))) await pause(20)
  setSecondsLeft(100)
  writeFileSync(join(runner.workspace, 'go'), '')
  const step = await running
  expect(step.stdout).toBe('11 1 Bearer all-apis\ntrue\n1 true\n')
  expect(workspace.exchanges.length).toBe(2)
  expect(wholeTokensIn(step.stderr)).toEqual([])
  for (const { accessToken = '' } of workspace.exchanges) {
    expect(step.stderr).toContain(`\n::add-mask::${accessToken.split('.')[2]}\n`)
  }
})

test('a login that cannot be renewed keeps its scope, and serves its token', async () => {
  const { job, runner } = await loggedInJob({
    subjectToken: ({ issuer, claims }) => issuer.sign({ ...claims, aud: defaultAccountId }),
    inputs: { scope: 'sql' },
  })
  writeFileSync(join(runner.workspace, 'driver.mjs'), askAsADriver)
  writeFileSync(join(runner.workspace, 'go'), '')
  const step = await job.run('databricks-token exec -- node driver.mjs')
  expect(step.stdout).toBe('11 1 Bearer sql\ntrue\n1 false\n')
})

const askWhenTold = `
import { existsSync, renameSync, writeFileSync } from 'node:fs'
const { DATABRICKS_METADATA_SERVICE_URL: service, DATABRICKS_HOST: host } = process.env
writeFileSync('part', service)
renameSync('part', 'address')
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20))
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
console.log((await fetch(service, { headers })).status)
`

test('a renewal that fails is a line of the log, and no annotation; the client is told to come again', async () => {
  const { job, runner, workspace, setSecondsLeft } = await loggedInJob({ inputs: { timeout_seconds: '20' } })
  writeFileSync(join(runner.workspace, 'ask.mjs'), askWhenTold)
  const running = job.run('databricks-token exec -- node ask.mjs')
  while (!existsSync(join(runner.workspace, 'address'))) await pause(20)
  workspace.server.before = (_, response) => {
    response.writeHead(503).end()
    return true
  }
  setSecondsLeft(30)
  writeFileSync(join(runner.workspace, 'go'), '')
  const step = await running
  expect(step.stdout).toBe('503\n')
  expect(step.stderr).toMatch(/^databricks-token: SERVER_UNAVAILABLE: /m)
  expect(step.stderr).not.toContain('::error')
})

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    socket.once('connect', () => resolve(socket))
    onTestFinished(() => void socket.destroy())
  })

test.skipIf(process.platform === 'win32')(
  'idle connections do not starve a process that may open 64 files',
  async () => {
    const { job, runner } = await loggedIn()
    const file = (name: string) => join(runner.workspace, name)
    writeFileSync(file('ask.mjs'), askWhenTold)
    const running = job.run('ulimit -n 64; databricks-token exec -- node ask.mjs')
    while (!existsSync(file('address'))) await pause(20)
    const port = Number(new URL(readFileSync(file('address'), 'utf8')).port)
    await Promise.all(Array.from({ length: 300 }, () => opened(port)))
    writeFileSync(file('go'), '')
    expect((await running).stdout).toBe('200\n')
  },
)
