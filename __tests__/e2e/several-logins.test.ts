import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, inputsFor, loggedInJob, oneLogin, workspaceFor } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'

needs('bash')

const loggedIn = oneLogin(loggedInJob)

const tokenOf = (stdout: string): unknown => JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString())

test('two hosts and two command names do not disturb each other', async () => {
  const first = await loggedIn()
  const { job, runner } = first
  const second = await workspaceFor(runner)
  const inputs = inputsFor(second, { token_command: 'databricks-token-second', export_env: 'false' })
  const login = await job.action({ entry: entries.main, inputs })
  expect(login.exitCode).toBe(0)
  const one = await job.run('databricks-token --min-validity 400')
  const two = await job.run('databricks-token-second --min-validity 400')
  expect(tokenOf(one.stdout)).toMatchObject({ iss: first.workspace.issuer })
  expect(tokenOf(two.stdout)).toMatchObject({ iss: second.issuer })
  expect([first.workspace.exchanges.length, second.exchanges.length]).toEqual([2, 2])
})

test('a command that names a login to another host is refused before any request', async () => {
  const { job, runner } = await loggedIn()
  const second = await workspaceFor(runner)
  const asked = runner.requests.length
  const inputs = inputsFor(second, { export_env: 'false' })
  const refused = await job.action({ entry: entries.main, inputs })
  expect(refused.exitCode).toBe(1)
  expect(refused.stdout).toContain('TOKEN_COMMAND_TAKEN')
  expect([second.requests.length, runner.requests.length]).toEqual([0, asked])
  expect([refused.outputs, refused.env, refused.path, refused.state]).toEqual([{}, {}, [], {}])
})

test('the same step twice: the second login replaces the first', async () => {
  const { job, workspace } = await loggedIn()
  const again = await job.action({ entry: entries.main, inputs: inputsFor(workspace) })
  expect(again.exitCode).toBe(0)
  const step = await job.run('databricks-token')
  expect(step.stdout.trim()).toBe(again.outputs['token'])
})

test('post removes what its own step kept, and nothing else', async () => {
  const { job, workspace, login } = await loggedIn()
  const inputs = inputsFor(workspace, { token_command: 'databricks-token-second' })
  const second = await job.action({ entry: entries.main, inputs })
  const [own = '', other = ''] = [login.state['folder'], second.state['folder']]
  const post = await job.action({ entry: entries.post, state: login.state })
  expect([post.exitCode, post.stdout, existsSync(own), existsSync(other)]).toEqual([0, '', false, true])
  const gone = await job.run('databricks-token || exit $?')
  expect([gone.exitCode, gone.stdout]).toEqual([127, ''])
  const again = await job.action({ entry: entries.post, state: login.state })
  expect([again.exitCode, again.stdout]).toEqual([0, ''])
})

test('post takes the folder from its state alone, follows no link and fails no job', async () => {
  const { job, runner } = await loggedIn()
  const precious = join(runner.workspace, 'precious')
  mkdirSync(precious)
  const link = join(runner.temp, 'databricks-token-link')
  symlinkSync(precious, link)
  for (const folder of [precious, link, '/', `${runner.temp}/databricks-token-x/..`]) {
    const post = await job.action({ entry: entries.post, state: { folder } })
    expect(post.exitCode).toBe(0)
    expect(post.stdout).toMatch(/^::warning::The kept login was not removed /)
  }
  expect(existsSync(precious)).toBe(true)
  expect((await job.action({ entry: entries.post })).stdout).toBe('')
})

test('RUNNER_TEMP missing: an error before any request, unless nothing is to be kept', async () => {
  const { job, workspace, runner } = await loggedIn()
  const [asked, exchanged] = [runner.requests.length, workspace.exchanges.length]
  const environment = { RUNNER_TEMP: undefined }
  const refused = await job.action({ entry: entries.main, inputs: inputsFor(workspace), environment })
  expect(refused.stdout).toContain('RUNNER_TEMP_UNUSABLE')
  expect([runner.requests.length, workspace.exchanges.length]).toEqual([asked, exchanged])
  const inputs = inputsFor(workspace, { token_command: 'none' })
  expect((await job.action({ entry: entries.main, inputs, environment })).exitCode).toBe(0)
})
