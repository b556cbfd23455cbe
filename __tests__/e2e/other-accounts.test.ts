import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, loggedInJob } from '../support/logged-in-job.ts'

const posix = process.platform !== 'win32'
const NOBODY = 65_534

test.runIf(posix)('another account of the machine can neither read nor enter what is kept', async () => {
  const { login, runner } = await loggedInJob()
  const folder = login.state['folder'] ?? ''
  const kept = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  expect(kept.length).toBeGreaterThanOrEqual(6)
  for (const path of [folder, ...kept]) expect([path, statSync(path).mode & 0o077]).toEqual([path, 0])
  // Only root can try it as somebody else.
  if (process.getuid?.() !== 0) return
  for (let above = runner.temp; above.includes('sandbox-runner'); above = dirname(above)) chmodSync(above, 0o755)
  for (const path of [folder, ...kept]) {
    const { status, stdout } = spawnSync('cat', [path], { uid: NOBODY, gid: NOBODY, encoding: 'utf8' })
    expect([path, status, stdout]).toEqual([path, 1, ''])
  }
})

async function postStep() {
  const { job, login, runner } = await loggedInJob()
  const folder = login.state['folder'] ?? ''
  const elsewhere = join(dirname(runner.temp), 'elsewhere')
  mkdirSync(elsewhere)
  writeFileSync(join(elsewhere, 'precious'), '')
  const run = (state = folder, environment = {}) =>
    job.action({ entry: entries.post, state: { folder: state }, environment })
  return { folder, elsewhere, temp: runner.temp, run }
}

const precious = ['precious']

test('the post step under another RUNNER_TEMP removes nothing, and fails no job', async () => {
  const { folder, elsewhere, run } = await postStep()
  const step = await run(folder, { RUNNER_TEMP: elsewhere })
  expect(step).toMatchObject({ exitCode: 0, stderr: '' })
  expect(step.log).toContain('was not removed')
  expect([existsSync(folder), readdirSync(elsewhere)]).toEqual([true, precious])
})

test.runIf(posix)('the post step goes through no link, wherever one was put', async () => {
  const { folder, elsewhere, temp, run } = await postStep()
  renameSync(folder, `${folder}-moved`)
  symlinkSync(elsewhere, folder)
  expect((await run()).exitCode).toBe(0)
  symlinkSync(elsewhere, join(`${folder}-moved`, 'kept', 'link'))
  expect((await run(`${folder}-moved`)).exitCode).toBe(0)
  expect([existsSync(`${folder}-moved`), readdirSync(elsewhere)]).toEqual([false, precious])
  // RUNNER_TEMP itself: what has no name of ours stays.
  renameSync(temp, `${temp}-moved`)
  symlinkSync(elsewhere, temp)
  for (const name of ['precious', 'databricks-token-none', '.', '..'])
    expect((await run(join(temp, name))).exitCode).toBe(0)
  expect(readdirSync(elsewhere)).toContain('precious')
})
