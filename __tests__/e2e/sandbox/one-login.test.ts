import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type LoggedInJob, oneLogin } from '../../support/logged-in-job.ts'
import { needs } from '../../support/needs.ts'
import { sqlJob } from '../../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

/** Mode and content of everything in a folder. */
function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  const told = (path: string) => {
    const { mode, isFolder } = { mode: statSync(path).mode.toString(8), isFolder: statSync(path).isDirectory() }
    return isFolder ? mode : `${mode} ${readFileSync(path, 'utf8')}`
  }
  return Object.fromEntries(paths.map((path) => [path, told(path)]))
}

/** All of a login that a test may find. */
const stateOf = ({ job, runner, workspace }: LoggedInJob) => ({
  environment: { ...job.environment },
  path: [...job.path],
  log: job.log(),
  files: { ...filesIn(runner.temp), ...filesIn(runner.workspace) },
  asked: [runner.requests, workspace.requests, workspace.exchanges].map(({ length }) => length),
  statements: workspace.statements(),
  isIntercepted: [runner, workspace].map(({ server }) => server.before !== undefined),
})

const SPOIL = `
databricks-token > /dev/null
databricks-token sql "SELECT 1"
echo 'A=b' >> "$GITHUB_ENV"
echo "$PWD" >> "$GITHUB_PATH"
echo '::add-mask::a secret'
rm -r "$RUNNER_TEMP"/databricks-token-*
`

test('whatever a test has done, the next one finds what the login has left', async () => {
  const first = await loggedIn()
  const before = stateOf(first)
  // As the login makes it, and not as a copy would be.
  expect(statSync(first.login.state['folder'] ?? '').mode & 0o777).toBe(0o700)
  first.setSecondsLeft(0)
  const spoiled = await first.job.run(SPOIL)
  writeFileSync(join(first.runner.workspace, 'a file'), '')
  for (const { server } of [first.runner, first.workspace]) server.before = () => false
  const after = stateOf(first)
  expect(spoiled.exitCode, spoiled.log).toBe(0)
  for (const [name, value] of Object.entries(before)) expect(after, name).not.toHaveProperty(name, value)

  const second = await loggedIn()
  expect(stateOf(second)).toEqual(before)
  expect(second.login.outputs['token']).toBe(first.login.outputs['token'])
  const { log } = await second.job.run('databricks-token; echo "$DATABRICKS_TOKEN a secret"')
  expect(log).toMatch(/\n\*\*\*\n\*\*\* a secret\n/)
})

test('a login whose token has lived for a minute is not handed on', async () => {
  const first = await loggedIn()
  const now = Date.now() + 61_000
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  const second = await loggedIn().finally(() => vi.restoreAllMocks())
  expect([second.login.exitCode, second.login.outputs['token']]).toEqual([0, expect.any(String)])
  expect(second.login.outputs['token']).not.toBe(first.login.outputs['token'])
})
