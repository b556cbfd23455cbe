import { afterEach, expect, test } from 'vitest'
import { type Job, startJob } from '../../sandbox/job.ts'
import { cleanUp } from '../sandbox/support.ts'
import { clientId, type Pair, startPair } from '../support/federated.ts'
import { wholeTokensIn } from '../support/logged-in-job.ts'
import { loginStep } from '../support/login-step.ts'
import { needs } from '../support/needs.ts'

needs('bash')

afterEach(cleanUp)

// As a person would write it: the token in a header, from the environment.
const query = `node --input-type=module <<'SCRIPT'
const { DATABRICKS_HOST: host, TOKEN, DATABRICKS_TOKEN = TOKEN, WAREHOUSE_ID: warehouse_id } = process.env
const answer = await fetch(host + '/api/2.0/sql/statements', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + DATABRICKS_TOKEN },
  body: JSON.stringify({ statement: 'SELECT current_user()', warehouse_id, wait_timeout: '30s' }),
})
console.log(answer.status, JSON.stringify((await answer.json()).result?.data_array))
SCRIPT
`

const ask = (job: Job, { workspace }: Pair, environment: Record<string, string | undefined> = {}) =>
  job.run(query, { environment: { WAREHOUSE_ID: workspace.warehouseId, ...environment } })

test('a later step queries the workspace with $DATABRICKS_TOKEN', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  await loginStep(pair, undefined, {}, job)
  expect(await ask(job, pair)).toMatchObject({ exitCode: 0, stdout: `200 [["${clientId}"]]\n` })
})

test('a later step queries the workspace with steps.<id>.outputs.token', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  const { outputs } = await loginStep(pair, undefined, {}, job)
  const environment = {
    DATABRICKS_TOKEN: undefined,
    TOKEN: outputs['token'],
    DATABRICKS_HOST: outputs['host'],
  }
  expect(await ask(job, pair, environment)).toMatchObject({ stdout: `200 [["${clientId}"]]\n` })
})

test('a step that prints its environment prints no token to the log', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  const { env, log } = await loginStep(pair, undefined, {}, job)
  const printed = await job.run('echo "token: $DATABRICKS_TOKEN"; env | grep DATABRICKS')
  expect(printed.stdout).toContain(env['DATABRICKS_TOKEN'])
  expect(printed.log).toContain('\ntoken: ***\n')
  expect(wholeTokensIn(log + printed.log)).toEqual([])
  expect(log + printed.log).not.toContain(pair.runner.requestToken)
})

test('a token of the workspace itself is used as it is, without a request', async () => {
  const pair = await startPair()
  const { workspace, runner } = pair
  const expiresAt = Math.floor(Date.now() / 1000) + 900
  const own = await workspace.issueToken({
    issuer: workspace.issuer,
    clientId,
    scope: 'all-apis',
    expiresAt,
    principal: { kind: 'service-principal', applicationId: clientId },
  })
  const job = startJob(runner)
  const step = await loginStep(pair, { host: workspace.host, subject_token: own }, {}, job)
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(step.outputs).toMatchObject({ token: own, exchanged: 'false', scope: 'all-apis' })
  expect(Date.parse(step.outputs['expires_at'] ?? '')).toBe(expiresAt * 1000)
  expect([...workspace.requests, ...runner.requests]).toEqual([])
  expect(step.log).toContain('was issued by')
  expect(await ask(job, pair)).toMatchObject({ stdout: `200 [["${clientId}"]]\n` })
})

test('a second login to the same host renews the first', async () => {
  const pair = await startPair()
  const job = startJob(pair.runner)
  const first = await loginStep(pair, undefined, {}, job)
  const second = await loginStep(pair, undefined, {}, job)
  expect(second.exitCode).toBe(0)
  expect(second.outputs['token']).not.toBe(first.outputs['token'])
  expect(job.environment['DATABRICKS_TOKEN']).toBe(second.outputs['token'])
})
