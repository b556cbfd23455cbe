import { expect, type TestContext } from 'vitest'
import {
  differentLines,
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
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

const program = placeOf('go-sdk', 'login')

prove('go-sdk-environment', async (test) => {
  const { job } = await loggedIn(test)
  expect((await stepOf(job, program)).stdout).toBe(`pat ${applicationId} [[1]]\n`)
})

async function again(test: TestContext, { logIn, prefix }: Way, authType: string): Promise<LoggedIn> {
  const world = await logIn(test)
  const step = await stepOf(world.job, `${prefix}${program} ${TWO_ENDS}`, 200)
  expect(differentLines(step)).toEqual([`${authType} ${applicationId} [[1]]`])
  return world
}

for (const [id, way] of [
  ['go-sdk-exec', underExec],
  ['go-sdk-stays', staying],
] as const) {
  prove(id, async (test) => expectTwoRenewals((await again(test, way, 'metadata-service')).production))
}

prove('go-sdk-official', async (test) => expectOwnLogins(await again(test, official, 'github-oidc'), program))
