import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { bringTrust, java, jdbcUrl } from '../java.ts'
import {
  bring,
  differentLines,
  expectTwoRenewals,
  loggedIn,
  python,
  SHORT,
  staying,
  stepOf,
  TWO_ENDS,
  underExec,
  underOauth,
  type Way,
} from '../logged-in.ts'
import { prove } from '../prove.ts'
import { applicationId } from '../world.ts'

type Driver = 'jdbc' | 'jdbc-simba'
const needs = { programs: ['java'] }

interface Work {
  driver: Driver
  way?: Way
  /** What is added to the URL beside DATABRICKS_TOKEN_JDBC. */
  parameters?: string
  /** Seconds of a query a second, and of one statement. */
  queries?: number
  statement?: number
}

const work =
  ({ driver, way = underExec, parameters = '', queries = 0, statement = 0 }: Work) =>
  async (test: TestContext): Promise<void> => {
    const world = await way.logIn(test)
    bring(world, 'Jdbc.java')
    await bringTrust(world)
    const program = `${java(world, driver)} Jdbc.java '${jdbcUrl(world)}${parameters}' ${queries} ${statement}`
    const step = await stepOf(world.job, `${way.prefix}${program}`, 220)
    expect(differentLines(step)).toEqual([applicationId, ...(statement > 0 ? ['waited: null'] : [])])
    expectTwoRenewals(world.production)
  }

prove('jdbc-queries', work({ driver: 'jdbc', queries: TWO_ENDS }), needs)
prove('jdbc-statement', work({ driver: 'jdbc', statement: TWO_ENDS }), needs)
prove('jdbc-stays', work({ driver: 'jdbc', way: staying, queries: TWO_ENDS }), needs)
prove('jdbc-simba-queries', work({ driver: 'jdbc-simba', queries: TWO_ENDS }), needs)
prove('jdbc-simba-statement', work({ driver: 'jdbc-simba', statement: TWO_ENDS }), needs)

// The URL names the flow alone; the driver finds the rest in the environment.
const inEnvironment = { ...underOauth, prefix: `${underOauth.prefix}env -u DATABRICKS_TOKEN_JDBC ` }
const parameters = 'AuthMech=11;Auth_Flow=1'
prove('jdbc-environment', work({ driver: 'jdbc', way: inEnvironment, parameters, queries: TWO_ENDS }), needs)

const crawl = async (test: TestContext) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  bring(world, 'again.py', 'connector.py')
  await bringTrust(world)
  const sleep = `java_method('java.lang.Thread', 'sleep', cast(${TWO_ENDS}000 as bigint))`
  const prepare = [
    `"create table main.default.sales as select 1 as id union all select 2"`,
    `"create view main.default.slow as select 1 as id where ${sleep} is null"`,
  ]
  await stepOf(world.job, `databricks-token exec -- ${python} connector.py renewed 0 ${prepare.join(' ')}`)
  // It counts the rows of the table, and then those of the view, which takes longer than two tokens live.
  const crawler = `${java(world, 'schemacrawler', 'jdbc')} schemacrawler.Main --url='${jdbcUrl(world)}${parameters}'`
  const script = `databricks-token exec --auth oauth-m2m -- ${crawler} --info-level=minimum --command=count`
  const step = await stepOf(world.job, script, 220)
  expect(step.stdout).toMatch(/sales +2 rows\n.*slow +1 rows\n/)
  expectTwoRenewals(world.production)
}

const sqlline = async (test: TestContext) => {
  const world = await loggedIn(test, { tokenSeconds: SHORT })
  await bringTrust(world)
  const who = 'select current_user() as me;'
  const sleep = `select java_method('java.lang.Thread', 'sleep', cast(${TWO_ENDS}000 as bigint)) as waited;`
  writeFileSync(join(world.runner.workspace, 'run.sql'), [who, sleep, who, ''].join('\n'))
  const url = `-d com.databricks.client.jdbc.Driver -u '${jdbcUrl(world)}${parameters}' -n '' -p ''`
  const program = `${java(world, 'sqlline', 'jdbc')} sqlline.SqlLine ${url} --outputFormat=csv --showHeader=false`
  const step = await stepOf(
    world.job,
    `databricks-token exec --auth oauth-m2m -- ${program} --silent=true --run=run.sql`,
    220,
  )
  expect(step.stdout).toBe(`'${applicationId}'\n''\n'${applicationId}'\n`)
  expectTwoRenewals(world.production)
}

prove('sqlline', sqlline, { ...needs, parts: ['jdbc'] })

prove('schemacrawler', crawl, { ...needs, parts: ['jdbc', 'python'] })
