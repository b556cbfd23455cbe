import { expect, type TestContext } from 'vitest'
import {
  expectOwnLogins,
  expectTwoRenewals,
  type LoggedIn,
  loggedIn,
  official,
  SHORT,
  staying,
  stepOf,
  underExec,
  type Way,
} from '../logged-in.ts'
import { versionOfProvider } from '../machine.ts'
import { prove } from '../prove.ts'
import { QUIET, terraform } from '../terraform.ts'
import { applicationId } from '../world.ts'

const needs = { machine: ['terraform-mirror'], programs: ['terraform'] } as const

/**
 * Seconds between its four requests: the SDK for Go renews when it is asked for something in the second half of a
 * token's life, and hands the token out to its end.
 */
const BETWEEN = SHORT / 2 + 6

async function apply(test: TestContext, { logIn, prefix }: Way, seconds = BETWEEN): Promise<LoggedIn> {
  const world = await logIn(test)
  const script = `${terraform(world)}${prefix}terraform apply ${QUIET} -auto-approve -var seconds=${seconds}`
  const { stdout } = await stepOf(world.job, script, 240)
  expect(stdout).toContain(`who = "${applicationId}"\n`)
  expect(stdout.match(new RegExp(`^  "${world.production.warehouseId}",$`, 'gm'))).toHaveLength(4)
  return world
}

// Its row says which one it was: no file pins the provider.
function proveTerraform(id: string, body: (test: TestContext) => Promise<void>): void {
  prove(id, async (test) => body(test).then(() => `passed, with ${versionOfProvider()}`), needs)
}

proveTerraform('terraform-environment', async (test) => {
  await apply(test, { logIn: loggedIn, prefix: '' }, 0)
})

proveTerraform('terraform-exec', async (test) => expectTwoRenewals((await apply(test, underExec)).production))

proveTerraform('terraform-stays', async (test) => expectTwoRenewals((await apply(test, staying)).production))

proveTerraform('terraform-official', async (test) => {
  const world = await apply(test, official)
  await expectOwnLogins(world, `${terraform(world)}terraform plan ${QUIET}`)
})
