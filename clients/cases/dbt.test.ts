import { join } from 'node:path'
import { expect } from 'vitest'
import { bring, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'

const dbt = `${join(placeOf('dbt'), 'dbt')} --no-use-colors`

prove('dbt-debug', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'dbt')
  const step = await stepOf(world.job, `cd dbt && ${dbt} debug --profiles-dir .`, 120)
  expect(step.stdout).toContain('All checks passed!')
})

for (const [id, exec, target] of [
  ['dbt-exec', 'databricks-token exec', 'ci'],
  ['dbt-left-over', 'databricks-token exec --auth oauth-m2m', 'left-over'],
] as const) {
  prove(id, async (test) => {
    const world = await loggedIn(test, { tokenSeconds: SHORT })
    bring(world, 'dbt')
    const build = `${dbt} build --profiles-dir . --target ${target} --vars '{seconds: ${TWO_ENDS}}'`
    const step = await stepOf(world.job, `cd dbt && ${exec} -- ${build}`, 220)
    // A table, two tests of it, a view.
    expect(step.stdout).toMatch(/PASS=4 WARN=0 ERROR=0/)
    expectTwoRenewals(world.production)
  })
}
