import { expect } from 'vitest'
import {
  bring,
  differentLines,
  expectTwoRenewals,
  loggedIn,
  node,
  SHORT,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

// Where the programs find what they import.
const environment = { MODULES: placeOf('npm', 'index.js') }
const who = `'SELECT current_user() AS me'`
const me = `[{"me":"${applicationId}"}]\n`

prove('node-sql-token', async (test) => {
  const world = await loggedIn(test, { environment })
  bring(world, 'again.mjs', 'sql.mjs')
  const step = await stepOf(world.job, `${node} sql.mjs token ${world.proxyPort} 0 ${who}`)
  expect(step.stdout).toBe(me)
})

prove('node-sql-external', async (test) => {
  const world = await loggedIn(test, { environment, tokenSeconds: SHORT })
  bring(world, 'again.mjs', 'sql.mjs')
  const long = `"select java_method('java.lang.Thread', 'sleep', cast(${TWO_ENDS}000 as bigint)) as waited"`
  const step = await stepOf(world.job, `${node} sql.mjs external ${world.proxyPort} 0 ${long} ${who}`, 200)
  expect(step.stdout).toBe(`[{"waited":null}]\n${me}`)
  // The command renews a token that has less than a minute left, which is soon with tokens as short as these.
  expectTwoRenewals(world.production, 0)
})

// The SDK for JavaScript takes neither a proxy nor a port of its own: the workspace is at its own address.
prove('node-sdk-environment', async (test) => {
  const world = await loggedIn(test, { environment, onLoopback: true })
  bring(world, 'again.mjs', 'sdk.mjs')
  const step = await stepOf(world.job, `${node} sdk.mjs`)
  expect(step.stdout).toBe(`pat ${applicationId} [["1"]]\n`)
})

for (const [id, { logIn, prefix }] of [
  ['node-sdk-exec', underExec],
  ['node-sdk-stays', staying],
] as const) {
  prove(id, async (test) => {
    const world = await logIn(test, { environment, onLoopback: true })
    bring(world, 'again.mjs', 'sdk.mjs')
    const step = await stepOf(world.job, `${prefix}${node} sdk.mjs ${TWO_ENDS}`, 200)
    expect(differentLines(step)).toEqual([`metadata-service ${applicationId} [["1"]]`])
    expectTwoRenewals(world.production)
  })
}
