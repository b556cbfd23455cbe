import { expect } from 'vitest'
import { bring, differentLines, expectTwoRenewals, loggedIn, python, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

prove('mlflow-environment', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'again.py', 'mlflow_client.py')
  const step = await stepOf(world.job, `${python} mlflow_client.py`, 120)
  expect(step.stdout).toBe("['Default']\n")
})

prove('mlflow-exec', async (test) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'again.py', 'mlflow_client.py')
  const step = await stepOf(world.job, `databricks-token exec -- ${python} mlflow_client.py ${TWO_ENDS}`, 220)
  expect(differentLines(step)).toEqual(["['Default']"])
  expectTwoRenewals(world.production)
})

for (const [id, auth] of [
  ['mlflow-together', 'metadata-service'],
  ['mlflow-together-oauth', 'oauth-m2m'],
] as const) {
  prove(id, async (test) => {
    const world = await loggedIn(test, { tokenSeconds: SHORT })
    bring(world, 'again.py', 'mlflow_client.py', 'mlflow_together.py')
    const script = `databricks-token exec --auth ${auth} -- ${python} mlflow_together.py ${TWO_ENDS}`
    const step = await stepOf(world.job, script, 230)
    expect(differentLines(step)).toEqual([`${auth} ${applicationId}`, "child: ['Default']"])
    expectTwoRenewals(world.production)
  })
}
