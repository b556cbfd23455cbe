import { afterEach, expect, test } from 'vitest'
import { readPage } from '../../docs/markdown.ts'
import { bundleDeployed, dbtBuilt } from '../../docs/programs.ts'
import { runDryRun, runSetUp, runWorkflow, startAsSetUp, values, variablesIn } from '../../docs/readme.ts'
import { applicationIds, startWorld } from '../../docs/world.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { needsSetUp } from '../../set-up/needs.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { hasSqlite } from '../../support/sql-job.ts'

needsSetUp()
afterEach(cleanUp)

// `databricks grants update` of a command with its values, `gh api --method PUT` of a request.
const headOf = (line: string): string =>
  /^\+ (gh api --method [A-Z]+|databricks (account )?[a-z-]+ [a-z-]+)/.exec(line)?.[1] ?? line

test('the set-up of the README, on machines of several people, is all that its workflow needs', async (context) => {
  const setUp = await runSetUp()
  const { ended, world: asked } = setUp
  expect(
    ended.map(({ exitCode }) => exitCode),
    ended.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
  ).toEqual([0, 0, 0, 0, 0])

  // Otherwise the policy would admit all branches for a while.
  const changes = asked.changes()
  const [closed, admitted] = ['/deployment-branch-policies', '/federationPolicies'].map((end) =>
    changes.findIndex((change) => change.endsWith(end)),
  )
  expect(closed).toBeGreaterThan(-1)
  expect(admitted).toBeGreaterThan(closed ?? Number.POSITIVE_INFINITY)

  const printed = ended.flatMap(({ stdout }) => stdout.split('\n')).filter((line) => line.startsWith('+ '))
  const page = readPage('docs/setup.md')
  expect(printed.map(headOf).filter((head) => !page.includes(head))).toEqual([])

  if (!hasSqlite) context.skip('SQLite: this Node has none')
  const world = await startAsSetUp(setUp)
  expect(world.production.warehouseId).toBe(values.WAREHOUSE_ID)
  const { job, results } = await runWorkflow(world, variablesIn(setUp))
  const log = job.log()
  expect(
    results.map(({ conclusion }) => conclusion),
    log,
  ).toEqual(results.map(() => 'success'))
  expect(results.length).toBeGreaterThan(5)
  for (const text of [applicationIds.production, '42', bundleDeployed, dbtBuilt]) expect(log).toContain(text)
  expect(wholeTokensIn(log)).toEqual([])
})

test('the dry run of the README is green, has the line for the account admin, and leaves a command that fails', async () => {
  const world = await startWorld({
    policy: { id: 'none', issuer: 'https://token.actions.githubusercontent.com', subject: 'none', audiences: [] },
    isGithub: true,
    idTokenPermission: true,
  })
  const { job, logins, results } = await runDryRun(world)
  expect(
    results.map(({ conclusion }) => conclusion),
    job.log(),
  ).toEqual(['success', 'failure'])
  expect(logins[0]?.summary).toMatch(/^sh set-up\.sh account repo=my-org\/my-repo environment=prod /m)
  expect(job.log()).toContain('DRY_RUN: The login step of this job was a dry run')
  expect(world.production.exchanges).toEqual([])
})
