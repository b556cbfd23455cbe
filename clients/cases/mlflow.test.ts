import { expect, type TestContext } from 'vitest'
import {
  bring,
  differentLines,
  expectOwnLogins,
  expectTwoRenewals,
  type LoggedIn,
  loggedIn,
  official,
  python,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
  underOauth,
  type Way,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

prove('mlflow-environment', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'again.py', 'mlflow_client.py')
  const step = await stepOf(world.job, `${python} mlflow_client.py`, 120)
  expect(step.stdout).toBe("['Default']\n")
})

async function again(test: TestContext, { logIn, prefix }: Way): Promise<LoggedIn> {
  const world = await logIn(test)
  bring(world, 'again.py', 'mlflow_client.py')
  const step = await stepOf(world.job, `${prefix}${python} mlflow_client.py ${TWO_ENDS}`, 220)
  expect(differentLines(step)).toEqual(["['Default']"])
  return world
}

prove('mlflow-exec', async (test) => expectTwoRenewals((await again(test, underExec)).production))

prove('mlflow-stays', async (test) => expectTwoRenewals((await again(test, staying)).production))

prove('mlflow-official', async (test) => expectOwnLogins(await again(test, official), `${python} mlflow_client.py`))

for (const [id, { logIn, prefix }, auth] of [
  ['mlflow-together', underExec, 'metadata-service'],
  ['mlflow-together-oauth', underOauth, 'oauth-m2m'],
] as const) {
  prove(id, async (test) => {
    const world = await logIn(test)
    bring(world, 'again.py', 'mlflow_client.py', 'mlflow_together.py')
    const step = await stepOf(world.job, `${prefix}${python} mlflow_together.py ${TWO_ENDS}`, 230)
    expect(differentLines(step)).toEqual([`${auth} ${applicationId}`, "child: ['Default']"])
    expectTwoRenewals(world.production)
  })
}
