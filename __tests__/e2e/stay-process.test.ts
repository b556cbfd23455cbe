import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { type KnownProcess, knownProcess, writeProcess } from '../../src/processes.ts'
import { type Ready, readReady, STAY, STAYS } from '../../src/serve/staying-messages.ts'
import { loggedInJob } from '../support/logged-in-job.ts'
import { needsHere } from '../support/needs.ts'
import { inRepository } from '../support/repository.ts'
import { askService } from '../support/staying.ts'

const next = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve))
const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))

/** The process as the login step starts it, for a login that was kept. */
async function started(worker: KnownProcess = knownProcess(process.pid)) {
  const { login, runner, workspace, setSecondsLeft } = await loggedInJob()
  const folder = login.state['folder'] ?? ''
  const child = fork(inRepository('dist', 'stay', 'index.js'), ['--kept', folder, '--worker', writeProcess(worker)], {
    env: { ...process.env, ...runner.environment() },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = exitOf(child)
  const printed = Promise.all([child.stdout, child.stderr].map((stream) => (stream === null ? '' : text(stream))))
  const ready = readReady(await next(child)) as Ready
  const stay = async () => {
    const answer = next(child)
    child.send(STAY)
    return answer
  }
  const environment = { ...ready.environment, DATABRICKS_HOST: workspace.host }
  return { folder, child, exit, printed, stay, environment, runner, workspace, setSecondsLeft }
}

test('it serves, and ends when the folder of its login is gone', async () => {
  const { folder, exit, stay, environment } = await started()
  expect(await stay()).toBe(STAYS)
  expect((await askService(environment)).status).toBe(200)
  renameSync(folder, `${folder}-moved`)
  expect([await exit, existsSync(`${folder}-moved`)]).toEqual([0, true])
})

test('another folder under its name is not its own, and is left', async () => {
  const { folder, exit, stay } = await started()
  await stay()
  renameSync(folder, `${folder}-moved`)
  mkdirSync(join(folder, 'kept'), { recursive: true })
  expect([await exit, existsSync(join(folder, 'kept'))]).toEqual([0, true])
})

test('no signal ends it, since the job is not over by one', async (context) => {
  needsHere(context, 'signals')
  const { folder, child, exit, stay, environment } = await started()
  await stay()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal)
  expect((await askService(environment)).status).toBe(200)
  renameSync(folder, `${folder}-moved`)
  expect(await exit).toBe(0)
})

test('it renews a token that is about to end', async () => {
  const { folder, exit, stay, environment, workspace, setSecondsLeft } = await started()
  await stay()
  setSecondsLeft(100)
  const { status, token } = await askService(environment)
  expect([status, workspace.exchanges.map(({ accessToken }) => accessToken)[1]]).toEqual([200, token])
  renameSync(folder, `${folder}-moved`)
  expect(await exit).toBe(0)
})

test('a renewal that fails is told to who asks for a token, and printed nowhere', async () => {
  const { folder, exit, printed, stay, environment, runner, setSecondsLeft } = await started()
  await stay()
  setSecondsLeft(30)
  runner.claims.sub = 'repo:octo-org/octo-repo:environment:another'
  const { status, error } = await askService(environment)
  expect([status, error]).toEqual([503, expect.stringContaining('EXCHANGE_REFUSED')])
  renameSync(folder, `${folder}-moved`)
  expect([await exit, await printed]).toEqual([0, ['', '']])
})

test('a step that is killed before it has said stay leaves neither process nor folder', async () => {
  const { folder, child, exit } = await started()
  child.disconnect()
  expect([await exit, existsSync(folder)]).toEqual([0, false])
})

test('its worker gone, it removes the folder and ends', async () => {
  const worker = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const { folder, exit, stay } = await started(knownProcess(worker.pid ?? 0))
  await stay()
  worker.kill('SIGKILL')
  expect([await exit, existsSync(folder)]).toEqual([0, false])
})

test('without a login it ends with an error', async () => {
  const child = fork(inRepository('dist', 'stay', 'index.js'), ['--kept', '/nowhere'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  expect(await exitOf(child)).toBe(1)
})
