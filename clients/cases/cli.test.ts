import { expect, type TestContext } from 'vitest'
import {
  bring,
  expectOwnLogins,
  expectTwoRenewals,
  type LoggedIn,
  loggedIn,
  official,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
  type Way,
} from '../logged-in.ts'
import { databricksCli, versionOfCli } from '../machine.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

const needs = { machine: ['databricks-cli'] } as const
const who = `'${databricksCli}' current-user me --output json`

// Its row says which one it was: no file pins the CLI.
function proveCli(id: string, body: (test: TestContext) => Promise<void>): void {
  prove(id, async (test) => body(test).then(() => `passed, with ${versionOfCli()}`), needs)
}

proveCli('cli-environment', async (test) => {
  const { job } = await loggedIn(test)
  const step = await stepOf(job, `'${databricksCli}' auth describe; ${who}`)
  expect(step.stdout).toMatch(/pat/)
  expect(step.stdout).toContain(applicationId)
})

async function again(test: TestContext, { logIn, prefix }: Way): Promise<LoggedIn> {
  const world = await logIn(test)
  bring(world, 'again.sh')
  const step = await stepOf(world.job, `${prefix}bash again.sh ${TWO_ENDS} ${who}`, 200)
  expect(new Set(step.stdout.match(/"userName": "[^"]*"/g))).toEqual(new Set([`"userName": "${applicationId}"`]))
  return world
}

proveCli('cli-exec', async (test) => expectTwoRenewals((await again(test, underExec)).production))

proveCli('cli-stays', async (test) => expectTwoRenewals((await again(test, staying)).production))

// Each command logs in: there is nothing that a process could renew.
proveCli('cli-official', async (test) => expectOwnLogins(await again(test, official), who))

proveCli('cli-bundle', async (test) => {
  const world = await loggedIn(test)
  bring(world, 'bundle')
  const step = await stepOf(world.job, `cd bundle && databricks-token exec -- '${databricksCli}' bundle validate`)
  expect(step.stdout).toContain('Validation OK!')
})
