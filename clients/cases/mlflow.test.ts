import { expect } from 'vitest'
import { bring, loggedIn, python, stepOf } from '../logged-in.ts'
import { prove } from '../prove.ts'

prove('mlflow-environment', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'mlflow_client.py')
  const step = await stepOf(world.job, `${python} mlflow_client.py`, 120)
  expect(step.stdout).toBe("['Default']\n")
})

prove('mlflow-exec', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'mlflow_client.py')
  const step = await stepOf(world.job, `databricks-token exec -- ${python} mlflow_client.py`, 120)
  expect(step.stdout).toBe("['Default']\n")
})
