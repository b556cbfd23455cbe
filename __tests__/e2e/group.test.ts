import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, inputsFor, loggedInJob, oneLogin } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'
import { annotationIn } from '../support/sql-job.ts'

needs('bash')

const group = { inputs: { group_id: '42' } }
const loggedInForGroup = oneLogin((options) => loggedInJob({ ...group, ...options }))
const loggedIn = oneLogin(loggedInJob)
const asked = ({ workspace }: Awaited<ReturnType<typeof loggedInJob>>) =>
  workspace.exchanges.map(({ form }) => form['assume_group'])

test('the login says that it is for a group', async () => {
  const started = await loggedInJob(group)
  expect(started.login.stdout).toContain('with the rights of group 42 alone, as far as the server heeds that,')
  expect(asked(started)).toEqual(['42'])
})

test('a renewal asks for the group again', async () => {
  const started = await loggedInForGroup()
  started.setSecondsLeft(20)
  const step = await started.job.run('databricks-token; databricks-token exec -- true')
  expect([step.exitCode, asked(started)]).toEqual([0, ['42', '42']])
})

test.each(['databricks-token', 'databricks-token exec -- echo run', 'databricks-token sql --warehouse w "SELECT 1"'])(
  '%s refuses another group than that of the login',
  async (command) => {
    const started = await loggedInForGroup()
    const step = await started.job.run(`${command} || exit $?`, { environment: { DATABRICKS_GROUP_ID: '7' } })
    expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([1, '', 'KEPT_LOGIN_UNUSABLE'])
    expect(started.workspace.statements()).toEqual([])
    const none = await loggedIn()
    const other = await none.job.run(`${command} || exit $?`, { environment: { DATABRICKS_GROUP_ID: '42' } })
    expect([other.exitCode, other.stdout, annotationIn(other.stderr)]).toEqual([1, '', 'KEPT_LOGIN_UNUSABLE'])
  },
)

const printGroup = `sh -c 'echo "\${DATABRICKS_GROUP_ID-none}"'`

test('the group of the environment is asked for, and emptied for later steps: the SDKs refuse it beside a token', async () => {
  const started = await loggedIn()
  const { job, workspace, runner } = started
  const environment = { DATABRICKS_HOST: workspace.host, DATABRICKS_GROUP_ID: '42' }
  const login = await job.action({ entry: entries.main, inputs: inputsFor(workspace), environment })
  expect(asked(started)).toEqual([undefined, '42'])
  expect(login.env['DATABRICKS_GROUP_ID']).toBe('')
  const folder = login.state['folder'] ?? ''
  expect(JSON.parse(readFileSync(join(folder, 'kept', 'login.json'), 'utf8'))).toMatchObject({ groupId: '42' })
  expect(runner.temp).not.toBe('')
  const step = await job.run(`databricks-token > /dev/null; databricks-token exec -- ${printGroup}`)
  expect([step.exitCode, step.stdout]).toEqual([0, 'none\n'])
})

test.each([
  ['metadata-service', 'none\n'],
  ['pat', 'none\n'],
  ['oauth-m2m', '42\n'],
])('exec --auth %s with the group of the login: the program finds %j', async (auth, found) => {
  const { job } = await loggedInForGroup()
  const environment = { DATABRICKS_GROUP_ID: '42' }
  const step = await job.run(`databricks-token exec --auth ${auth} -- ${printGroup}`, { environment })
  expect([step.exitCode, step.stdout]).toEqual([0, found])
})

test('another group, of an input, is not emptied', async () => {
  const { job, workspace } = await loggedIn()
  const environment = { DATABRICKS_HOST: workspace.host, DATABRICKS_GROUP_ID: '42' }
  const inputs = inputsFor(workspace, { group_id: '7' })
  const login = await job.action({ entry: entries.main, inputs, environment })
  expect([login.exitCode, Object.keys(login.env)]).toEqual([0, expect.not.arrayContaining(['DATABRICKS_GROUP_ID'])])
})

test('a later login that finds the variable emptied has to say whether it is for the group', async () => {
  const started = await loggedInForGroup()
  const { job, workspace } = started
  const again = (inputs: Record<string, string>) =>
    job.action({
      entry: entries.main,
      inputs: inputsFor(workspace, inputs),
      environment: { DATABRICKS_GROUP_ID: '' },
    })
  const refused = await again({})
  expect([refused.exitCode, refused.stdout]).toEqual([1, expect.stringContaining('(INPUT_INVALID)::')])
  expect(asked(started)).toEqual(['42'])
  expect((await again({ group_id: '42' })).exitCode).toBe(0)
  expect((await again({ group_id: 'none' })).exitCode).toBe(0)
  expect(asked(started)).toEqual(['42', '42', undefined])
})

test('a kept login whose group cannot be read is not used, and not renewed', async () => {
  const started = await loggedInForGroup()
  const file = join(started.login.state['folder'] ?? '', 'kept', 'login.json')
  const { groupId: _, ...kept } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify(kept))
  started.setSecondsLeft(20)
  for (const command of ['databricks-token', 'databricks-token exec -- echo run']) {
    const step = await started.job.run(`${command} || exit $?`)
    expect([step.exitCode, step.stdout, annotationIn(step.stderr)]).toEqual([1, '', 'KEPT_LOGIN_UNUSABLE'])
  }
  expect(asked(started)).toEqual(['42'])
})
