import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type KnownProcess, knownProcess, writeProcess } from '../../src/processes.ts'
import { type Ready, readReady, STAY, STAYS } from '../../src/serve/staying-messages.ts'
import { loggedInJob } from '../support/logged-in-job.ts'
import { inRepository } from '../support/repository.ts'
import { askService } from '../support/staying.ts'

const next = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve))
const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve))

/** The process as the login step starts it, for a login that was kept. */
async function started(worker: KnownProcess = knownProcess(process.pid)) {
  const { login, runner, workspace } = await loggedInJob()
  const folder = login.state['folder'] ?? ''
  const child = fork(inRepository('dist', 'stay', 'index.js'), ['--kept', folder, '--worker', writeProcess(worker)], {
    env: { ...process.env, ...runner.environment() },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exit = exitOf(child)
  const ready = readReady(await next(child)) as Ready
  const stay = async () => {
    const answer = next(child)
    child.send(STAY)
    return answer
  }
  return { folder, child, exit, ready, stay, environment: { ...ready.environment, DATABRICKS_HOST: workspace.host } }
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
