import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { bring, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { terraformMirror, versionOfProvider } from '../machine.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const needs = { machine: ['terraform-mirror'], programs: ['terraform'] } as const

async function apply(test: TestContext, exec: string, seconds: number) {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'terraform')
  const mirror = `provider_installation {\n  filesystem_mirror {\n    path = "${terraformMirror}"\n  }\n}\n`
  writeFileSync(join(world.runner.temp, 'terraformrc'), mirror)
  const quiet = '-input=false -no-color'
  const script = `
export TF_CLI_CONFIG_FILE="$RUNNER_TEMP/terraformrc" CHECKPOINT_DISABLE=1
cd terraform
terraform init ${quiet}
${exec} terraform apply ${quiet} -auto-approve -var seconds=${seconds}`
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
