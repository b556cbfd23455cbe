import { expect, type TestContext } from 'vitest'
import { expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { versionOfProvider } from '../machine.ts'
import { prove } from '../prove.ts'
import { QUIET, terraform } from '../terraform.ts'
import { applicationId } from '../world.ts'

const needs = { machine: ['terraform-mirror'], programs: ['terraform'] } as const

async function apply(test: TestContext, exec: string, seconds: number) {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  const script = `${terraform(world)}${exec} terraform apply ${QUIET} -auto-approve -var seconds=${seconds}`
  const { stdout } = await stepOf(world.job, script, 220)
  expect(stdout).toContain(`who = "${applicationId}"\n`)
  expect(stdout.match(new RegExp(`^  "${world.production.warehouseId}",$`, 'gm'))).toHaveLength(3)
  return world
}

prove(
  'terraform-environment',
  async (test) => {
    await apply(test, '', 0)
    return `passed, with ${versionOfProvider()}`
  },
  needs,
)

const exec = async (test: TestContext) => {
  const { production } = await apply(test, 'databricks-token exec --', TWO_ENDS / 2)
  expectTwoRenewals(production)
  return `passed, with ${versionOfProvider()}`
}

prove('terraform-exec', exec, needs)
