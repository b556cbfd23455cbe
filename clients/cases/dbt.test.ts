import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import {
  bring,
  expectOwnLogins,
  expectTwoRenewals,
  type LoggedIn,
  loggedIn,
  official,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
  underOauth,
  type Way,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'

const dbt = `${join(placeOf('dbt'), 'dbt')} --no-use-colors`

prove('dbt-debug', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'dbt')
  const step = await stepOf(world.job, `cd dbt && ${dbt} debug --profiles-dir .`, 120)
  expect(step.stdout).toContain('All checks passed!')
})

async function build(test: TestContext, { logIn, prefix }: Way, target = 'ci'): Promise<LoggedIn> {
  const world = await logIn(test)
  bring(world, 'dbt')
  const line = `${dbt} build --profiles-dir . --target ${target} --vars '{seconds: ${TWO_ENDS}}'`
  const step = await stepOf(world.job, `cd dbt && ${prefix}${line}`, 220)
  // A table, two tests of it, a view.
  expect(step.stdout).toMatch(/PASS=4 WARN=0 ERROR=0/)
  return world
}

for (const [id, way, target] of [
  ['dbt-exec', underExec, 'ci'],
  ['dbt-stays', staying, 'ci'],
  ['dbt-left-over', underOauth, 'left-over'],
] as const) {
  prove(id, async (test) => expectTwoRenewals((await build(test, way, target)).production))
}

prove('dbt-official', async (test) =>
  expectOwnLogins(await build(test, official), `cd dbt && ${dbt} debug --profiles-dir .`),
)
