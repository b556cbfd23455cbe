import { expect, type TestContext } from 'vitest'
import { bringTrust, java } from '../java.ts'
import {
  bring,
  differentLines,
  expectTwoRenewals,
  loggedIn,
  SHORT,
  stayingJob,
  stepOf,
  TWO_ENDS,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const needs = { programs: ['java'] }

// At its own address: the SDK takes a proxy from a program's code alone.
const environment = async (test: TestContext) => {
  const world = await loggedIn(test, { onLoopback: true })
  bring(world, 'Sdk.java')
  await bringTrust(world)
  const step = await stepOf(world.job, `${java(world, 'java-sdk')} Sdk.java 0`)
  expect(step.stdout).toBe(`pat ${applicationId} [[1]]\n`)
}

prove('java-sdk-environment', environment, needs)

const exec = async (test: TestContext) => {
  const world = await loggedIn(test, { onLoopback: true, tokenSeconds: SHORT })
  bring(world, 'Sdk.java')
  await bringTrust(world)
  const script = `databricks-token exec --auth oauth-m2m -- ${java(world, 'java-sdk')} Sdk.java ${TWO_ENDS}`
  const step = await stepOf(world.job, script, 220)
  expect(differentLines(step)).toEqual([`oauth-m2m ${applicationId} [[1]]`])
  expectTwoRenewals(world.production)
}

prove('java-sdk-exec', exec, needs)

// It knows no metadata service, and says so at once; as without it with the type that the docs name.
const beside = async (test: TestContext) => {
  const world = await stayingJob(test, { onLoopback: true })
  bring(world, 'Sdk.java')
  await bringTrust(world)
  const refused = await world.job.run(`${java(world, 'java-sdk')} Sdk.java 0`, { timeoutSeconds: 60 })
  expect(refused.conclusion, refused.log).toBe('failure')
  const step = await stepOf(world.job, `DATABRICKS_AUTH_TYPE=pat ${java(world, 'java-sdk')} Sdk.java 0`)
  expect(step.stdout).toBe(`pat ${applicationId} [[1]]\n`)
}

prove('java-sdk-stays', beside, needs)
