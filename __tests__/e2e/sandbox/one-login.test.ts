import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { type LoggedInJob, oneLogin } from '../../support/logged-in-job.ts'
import { needs } from '../../support/needs.ts'
import { sqlJob } from '../../support/sql-job.ts'

needs('bash')

const loggedIn = oneLogin(sqlJob)

function filesIn(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = found.map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]))
}

/** All of a login that a test may find. */
const stateOf = ({ job, runner, workspace }: LoggedInJob) => ({
  environment: { ...job.environment },
  path: [...job.path],
  log: job.log(),
  files: { ...filesIn(runner.temp), ...filesIn(runner.workspace) },
  asked: [runner.requests, workspace.requests, workspace.exchanges].map(({ length }) => length),
  statements: workspace.statements(),
  isIntercepted: workspace.server.before !== undefined,
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
  first.setSecondsLeft(0)
  const spoiled = await first.job.run(SPOIL)
  writeFileSync(join(first.runner.workspace, 'a file'), '')
  first.workspace.server.before = () => false
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
