import { expect, type TestContext } from 'vitest'
import { bring, expectTwoRenewals, loggedIn, SHORT, stepOf, TWO_ENDS } from '../logged-in.ts'
import { databricksCli } from '../machine.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const needs = { machine: ['databricks-cli'] } as const
const who = `'${databricksCli}' current-user me --output json`

prove(
  'cli-environment',
  async (test) => {
    const { job } = await loggedIn(test)
    const step = await stepOf(job, `'${databricksCli}' auth describe; ${who}`)
    expect(step.stdout).toMatch(/pat/)
    expect(step.stdout).toContain(applicationId)
  },
  needs,
)

const exec = async (test: TestContext) => {
  const { job, production } = await loggedIn(test, { tokenSeconds: SHORT })
  const again = `while [ "$SECONDS" -lt ${TWO_ENDS} ]; do ${who} | grep userName; sleep 1; done`
  const step = await stepOf(
    job,
    `databricks-token exec -- bash -eo pipefail -c "${again.replaceAll(/["$]/g, '\\$&')}"`,
    200,
  )
  expect(new Set(step.stdout.trim().split(/\s*\n\s*/))).toEqual(new Set([`"userName": "${applicationId}"`]))
  expectTwoRenewals(production)
}

prove('cli-exec', exec, needs)

const bundle = async (test: TestContext) => {
  const world = await loggedIn(test)
  bring(world, 'bundle')
  const step = await stepOf(world.job, `cd bundle && databricks-token exec -- '${databricksCli}' bundle validate`)
  expect(step.stdout).toContain('Validation OK!')
}

prove('cli-bundle', bundle, needs)
