import { expect, type TestContext } from 'vitest'
import { bringTrust, java } from '../java.ts'
import {
  bring,
  differentLines,
  expectOwnLogins,
  expectTwoRenewals,
  type LoggedIn,
  loggedIn,
  official,
  staying,
  stepOf,
  TWO_ENDS,
  underOauth,
  type Way,
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

async function again(test: TestContext, { logIn, prefix }: Way, authType: string): Promise<LoggedIn> {
  const world = await logIn(test, { onLoopback: true })
  bring(world, 'Sdk.java')
  await bringTrust(world)
  const step = await stepOf(world.job, `${prefix}${java(world, 'java-sdk')} Sdk.java ${TWO_ENDS}`, 220)
  expect(differentLines(step)).toEqual([`${authType} ${applicationId} [[1]]`])
  return world
}

const exec = async (test: TestContext) => expectTwoRenewals((await again(test, underOauth, 'oauth-m2m')).production)

prove('java-sdk-exec', exec, needs)

const besideItsOwn = async (test: TestContext) => {
  const world = await again(test, official, 'github-oidc')
  await expectOwnLogins(world, `${java(world, 'java-sdk')} Sdk.java 0`)
}

prove('java-sdk-official', besideItsOwn, needs)

// It knows no metadata service, and says so at once; as without it with the type that the docs name.
const stays = async (test: TestContext) => {
  const world = await staying.logIn(test, { onLoopback: true })
  bring(world, 'Sdk.java')
  await bringTrust(world)
  const refused = await world.job.run(`${java(world, 'java-sdk')} Sdk.java 0`, { timeoutSeconds: 60 })
  expect(refused.conclusion, refused.log).toBe('failure')
  expect(refused.log).toContain('cannot configure default credentials')
  const step = await stepOf(world.job, `DATABRICKS_AUTH_TYPE=pat ${java(world, 'java-sdk')} Sdk.java 0`)
  expect(step.stdout).toBe(`pat ${applicationId} [[1]]\n`)
}

prove('java-sdk-stays', stays, needs)
