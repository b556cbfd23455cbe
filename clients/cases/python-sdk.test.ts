import { expect } from 'vitest'
import {
  bring,
  differentLines,
  expectTwoRenewals,
  jobIn,
  loggedIn,
  loginsAt,
  officialLogin,
  python,
  SHORT,
  stayingJob,
  stepOf,
  TWO_ENDS,
  worldFor,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const answer = (authType: string): string => `${authType} ${applicationId} [['1']]`

prove('python-sdk-environment', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('pat')])
  expect(loginsAt(world.production).length).toBe(1)
})

prove('python-sdk-client-id', async (test) => {
  const world = await loggedIn(test, { environment: { DATABRICKS_CLIENT_ID: applicationId } })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('pat')])
})

prove('python-sdk-exec', async (test) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `databricks-token exec -- ${python} sdk.py ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([answer('metadata-service')])
  expectTwoRenewals(world.production)
})

prove('python-sdk-github-oidc', async (test) => {
  // The SDK asks GitHub for the audience that the workspace publishes: its token endpoint.
  const world = await worldFor(test, {
    audiences: ['https://dbc-a1b2c3d4-e5f6.cloud.databricks.com/oidc/v1/token'],
  })
  const job = jobIn(world, {
    DATABRICKS_HOST: world.production.host,
    DATABRICKS_CLIENT_ID: applicationId,
    DATABRICKS_AUTH_TYPE: 'github-oidc',
  })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(job, `${python} sdk.py`)
  expect(differentLines(step)).toEqual([answer('github-oidc')])
})

prove('python-sdk-stays', async (test) => {
  const world = await stayingJob(test)
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([answer('metadata-service')])
  expectTwoRenewals(world.production)
})

prove('python-sdk-beside-github-oidc', async (test) => {
  const world = await loggedIn(test, { environment: officialLogin, tokenSeconds: SHORT })
  bring(world, 'again.py', 'sdk.py')
  const step = await stepOf(world.job, `${python} sdk.py ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([answer('github-oidc')])
})
