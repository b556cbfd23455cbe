import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import type { Files } from '../act/checkout.ts'
import { type ActOptions, runAct } from '../act/run.ts'
import { bringTrust, jdbcUrl } from '../java.ts'
import { expectTwoRenewals, loginsAt, SHORT, warehouseOf, worldFor } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId, productionHost, stagingHost, type World, type WorldOptions } from '../world.ts'

const workflow = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'workflows', `${name}.yml`), 'utf8')

type More = (world: World) => Partial<ActOptions> | Promise<Partial<ActOptions>>

async function run(test: TestContext, name: string, more: More = () => ({}), options: WorldOptions = {}) {
  const world = await worldFor(test, options)
  const ran = await runAct({ world, workflow: workflow(name), ...(await more(world)) })
  expect(secretsIn(ran.log, world)).toEqual([])
  return { ...ran, world }
}

// Whole tokens, signatures and the runner's request token: none of them may be in anything that act writes.
function secretsIn(text: string, { runner, production, staging }: World): string[] {
  const issued = [...production.exchanges, ...staging.exchanges].flatMap(({ accessToken, form }) => [
    accessToken ?? '',
    form['subject_token'] ?? '',
  ])
  const signatures = issued.map((token) => token.split('.')[2] ?? '')
  const secrets = [...issued, ...signatures, runner.requestToken].filter((secret) => secret !== '')
  // Their ends alone, so that a failure prints no token.
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `…${secret.slice(-6)}`)
}

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

/** Files and folders of `clients/programs/`, by path. */
function programs(...paths: readonly string[]): Files {
  const root = join(import.meta.dirname, '..', 'programs')
  const under = (path: string): string[] =>
    statSync(join(root, path)).isFile()
      ? [path]
      : readdirSync(join(root, path)).flatMap((name) => under(join(path, name)))
  return Object.fromEntries(paths.flatMap(under).map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

const sixTools = async (world: World): Promise<Partial<ActOptions>> => {
  await bringTrust(world)
  return {
    files: programs('sdk.py', 'mlflow_client.py', 'connector.py', 'Jdbc.java', 'dbt'),
    path: [placeOf('python'), placeOf('dbt'), placeOf('go-sdk')],
    environment: {
      ...warehouseOf(world.production),
      ...{ JDBC_DRIVER: placeOf('jdbc', '*'), JDBC_URL: jdbcUrl(world) },
      ...{ DBT_SEND_ANONYMOUS_USAGE_STATS: '0', MLFLOW_DISABLE_TELEMETRY: 'true' },
    },
    timeoutSeconds: 300,
  }
}

const wholeJob = async (test: TestContext) => {
  const { exitCode, log, printed, world } = await run(test, 'shell', sixTools, { tokenSeconds: SHORT })
  expect(exitCode, log).toBe(0)
  const me = `metadata-service ${applicationId}`
  for (const text of [`${me} [['1']]`, `${me} [[1]]`, 'PASS=4 WARN=0 ERROR=0', "['Default']", '[[None]]']) {
    expect(printed).toContain(`${text}`)
  }
  expect(printed).toMatch(new RegExp(`^${applicationId}$`, 'm'))
  // Of each secret of the service the first half is all that a log can hold.
  expect(printed).toMatch(/printed by mistake: \S+\*\*\*,.*[0-9a-f]{32}\*\*\*.*OAuth2Secret=[0-9a-f]{32}\*\*\*/)
  expect(log).not.toMatch(/[0-9a-f]{64}/)
  expect(printed).toContain('pipe:failure, type:pat\n')
  expectTwoRenewals(world.production)
}

prove('act-shell', wholeJob, { programs: ['java'], parts: ['python', 'dbt', 'go-sdk', 'jdbc'] })
