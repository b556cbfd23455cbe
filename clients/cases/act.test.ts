import { expect, type TestContext } from 'vitest'
import { run } from '../act/workflows.ts'
import { loginsAt } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId, productionHost, stagingHost } from '../world.ts'

const twoWorkspaces = async (test: TestContext) => {
  const { exitCode, log, printed, succeeded } = await run(test, 'two-workspaces')
  expect(exitCode, log).toBe(0)
  expect(succeeded).toEqual(['Two workspaces in one job/both'])
  expect(printed).toMatch(new RegExp(`${applicationId}.* at ${productionHost}\n`))
  expect(printed).toMatch(new RegExp(`${applicationId}.* at ${stagingHost}\n`))
  expect(printed).toContain(`first: ${productionHost}\n`)
  expect(printed).toContain(`second: ${stagingHost}\n`)
}

prove('act-two-workspaces', twoWorkspaces, { programs: ['curl'] })

const matrix = async (test: TestContext) => {
  const { exitCode, log, printed, succeeded } = await run(test, 'matrix')
  expect(exitCode, log).toBe(0)
  expect(succeeded.length).toBe(2)
  expect(printed).toMatch(new RegExp(`${applicationId}.* at ${productionHost}\n`))
  expect(printed).toMatch(new RegExp(`${applicationId}.* at ${stagingHost}\n`))
}

prove('act-matrix', matrix, { programs: ['curl'] })

const program = `
const { DATABRICKS_METADATA_SERVICE_URL: service, DATABRICKS_HOST: host } = process.env
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': host }
const { access_token: token } = await (await fetch(service, { headers })).json()
console.log('parts of the token that the service gave: ' + token.split('.').length)
`

prove('act-exec', async (test) => {
  const { exitCode, log, printed, world } = await run(test, 'exec', () => ({ files: { 'program.mjs': program } }))
  expect(exitCode, log).toBe(0)
  expect(printed).toContain('output and environment agree\n')
  expect(printed).toContain('exchanged: true, by github\n')
  expect(printed).toContain('the command gave a new token\n')
  expect(printed).toContain('parts of the token that the service gave: 3\n')
  expect(printed.match(/printed by mistake: .*\*\*\*/g)?.length).toBe(2)
  expect(loginsAt(world.production).length).toBe(2)
})

prove('act-refused', async (test) => {
  const { exitCode, log, printed, steps, succeeded } = await run(test, 'refused')
  expect(exitCode, log).toBe(0)
  expect(succeeded).toEqual(['A policy that refuses/refused'])
  expect(steps.filter(({ result }) => result === 'failure').map(({ stage }) => stage)).toEqual(['Main'])
  expect(log).toContain('EXCHANGE_REFUSED')
  expect(printed).toContain("login: failure\ntoken: ''\nexported: ''\nno command\n")
})

prove('act-post', async (test) => {
  const { exitCode, log, printed, steps, leftInTemp } = await run(test, 'post')
  expect(exitCode).toBe(1)
  const kept = /^before: (databricks-token-\S+)$/m.exec(printed)?.[1]
  expect(kept, log).toBeDefined()
  expect(steps.filter(({ stage }) => stage === 'Post').at(-1)).toMatchObject({ result: 'success' })
  expect(leftInTemp).toContain('of-another-step')
  expect(leftInTemp).not.toContain(kept)
})
