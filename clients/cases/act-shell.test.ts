import { expect, type TestContext } from 'vitest'
import type { ActOptions } from '../act/run.ts'
import { composite, type More, programs, run } from '../act/workflows.ts'
import { bringTrust, jdbcUrl } from '../java.ts'
import { expectTwoRenewals, SHORT, warehouseOf } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId, type World } from '../world.ts'

const sixTools = async (world: World): Promise<Partial<ActOptions>> => {
  await bringTrust(world)
  return {
    files: programs('again.py', 'sdk.py', 'mlflow_client.py', 'connector.py', 'Jdbc.java', 'dbt'),
    path: [placeOf('python'), placeOf('dbt'), placeOf('go-sdk')],
    environment: {
      ...warehouseOf(world.production),
      JDBC_DRIVER: placeOf('jdbc', '*'),
      JDBC_URL: jdbcUrl(world),
      DBT_SEND_ANONYMOUS_USAGE_STATS: '0',
      MLFLOW_DISABLE_TELEMETRY: 'true',
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

const shellOfAStep = async (test: TestContext) => {
  const withComposite: More = ({ production }) => ({
    files: { ...programs('again.py', 'sdk.py'), ...composite('report') },
    path: [placeOf('python')],
    environment: warehouseOf(production),
    timeoutSeconds: 250,
  })
  const { exitCode, log, printed, world } = await run(test, 'shell-of-a-step', withComposite, { tokenSeconds: SHORT })
  expect(exitCode, log).toBe(0)
  const me = `metadata-service ${applicationId}`
  for (const line of [`step ${me} [['1']]`, `action ${me} [['1']]`, `python ${me}`]) {
    expect(printed.split('\n').filter((text) => text === line)).toEqual([line])
  }
  expect(printed).toContain('in the action, without it: pat\n')
  expect(printed).toContain('lines:1, pipe:failure, type:pat\n')
  expect(printed).toMatch(/printed by mistake: \S+\*\*\*, \S+[0-9a-f]{32}\*\*\*/)
  expect(log).not.toMatch(/[0-9a-f]{64}/)
  expectTwoRenewals(world.production)
}

prove('act-shell-of-a-step', shellOfAStep, { parts: ['python'] })
