import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { entries, loggedInJob, wholeTokensIn } from '../support/logged-in-job.ts'

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

// Runs its arguments as somebody else; only root can.
const asNobody = `
import { spawnSync } from 'node:child_process'
process.setgroups([])
process.setgid(${NOBODY})
process.setuid(${NOBODY})
const [program, ...parameters] = process.argv.slice(2)
process.exit(spawnSync(program, parameters, { stdio: 'inherit' }).status ?? 99)
`

/** A job whose steps run as somebody else, on a machine where root has called the command. */
async function jobAfterRoot() {
  const logged = await loggedInJob({ inputs: { timeout_seconds: '4' } })
  const { login, runner, job } = logged
  for (let above = runner.temp; above.includes('sandbox-runner'); above = dirname(above)) chmodSync(above, 0o755)
  const folder = login.state['folder'] ?? ''
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  for (const path of [folder, ...all]) chownSync(path, NOBODY, NOBODY)
  const drop = join(runner.temp, 'as-nobody.mjs')
  writeFileSync(drop, asNobody)
  const run = (call: string) =>
    job.run(`"$NODE" "$DROP" ${call} || exit $?`, { environment: { NODE: process.execPath, DROP: drop } })
  const leave = (name: string, content: string) => writeFileSync(join(folder, 'kept', name), content, { mode: 0o600 })
  return { ...logged, folder, run, leave }
}

const onlyAsRoot = test.runIf(posix && process.getuid?.() === 0)

onlyAsRoot('a lock, a token and a failure that root left: the others log in for themselves, and soon', async () => {
  const { run, leave, workspace, folder } = await jobAfterRoot()
  for (const name of ['token.json', 'failure.json']) {
    rmSync(join(folder, 'kept', name), { force: true })
    leave(name, '{}')
  }
  // Killed in the middle, as its number says to whoever may read it.
  leave('lock', '4194305 killed')
  const step = await run('databricks-token')
  expect([step.exitCode, wholeTokensIn(step.stdout).length, workspace.exchanges.length]).toEqual([0, 1, 2])
  const again = await run('databricks-token')
  expect([again.stdout, workspace.exchanges.length]).toEqual([step.stdout, 2])
})

onlyAsRoot('a login that another account keeps for itself is an error that says so', async () => {
  const { run, folder } = await jobAfterRoot()
  chownSync(join(folder, 'kept'), 0, 0)
  const step = await run('databricks-token')
  expect([step.exitCode, step.stdout]).toEqual([1, ''])
  expect(step.stderr).toContain('KEPT_LOGIN_UNUSABLE: Another account of this machine keeps this login for itself.')
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
