import { expect, type TestContext } from 'vitest'
import { bring, differentLines, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

const python = placeOf('tools', 'python')

/** A program that prints the same line for as long as it works, whatever its libraries print besides. */
function proveProgram(id: string, program: string, line: string, environment: Readonly<Record<string, string>> = {}) {
  prove(id, async (test) => {
    const world = await loggedIn(test, { tokenSeconds: SHORT, environment })
    bring(world, 'again.py', program)
    const step = await stepOf(world.job, `databricks-token exec -- ${python} ${program} ${TWO_ENDS}`, 240)
    expect(differentLines(step)).toEqual([line])
    expectTwoRenewals(world.production)
  })
}

proveProgram('expectations-exec', 'expectations.py', 'somebody is logged in: True')
proveProgram('ibis-exec', 'ibis_client.py', `[] default ${applicationId}`)
proveProgram('dlt-exec', 'dlt_client.py', applicationId, { DESTINATION__DATABRICKS__CREDENTIALS__CATALOG: 'main' })

prove('sqlmesh-plan', async (test: TestContext) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT, environment: { MILLISECONDS: `${TWO_ENDS}000` } })
  bring(world, 'sqlmesh')
  const plan = `${placeOf('tools', 'sqlmesh')} plan --auto-apply --no-prompts`
  const step = await stepOf(world.job, `cd sqlmesh\ndatabricks-token exec --auth oauth-m2m -- ${plan}`, 240)
  expect(step.stdout).toContain('Virtual layer updated')
  expectTwoRenewals(world.production)
})

prove('labs-exec', async (test: TestContext) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT, environment: { SECONDS_TO_WORK: `${TWO_ENDS}` } })
  bring(world, 'labs')
  const script = `export DATABRICKS_WAREHOUSE_ID="$WAREHOUSE_ID"
databricks-token exec -- ${python} -m pytest -q -s labs`
  const step = await stepOf(world.job, script, 240)
  expect(step.stdout).toContain(`metadata-service ${applicationId}\n`)
  expect(step.stdout).toContain('1 passed')
  expectTwoRenewals(world.production)
})
