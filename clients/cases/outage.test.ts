import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bringTrust, java, jdbcUrl } from '../java.ts'
import { bring, type LoggedIn, loggedIn, node, python, SHORT } from '../logged-in.ts'
import { databricksCli } from '../machine.ts'
import { outlive, printing, WATCHED, type Words } from '../outage.ts'
import { type Needs, prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { QUIET, terraform } from '../terraform.ts'

interface Client extends Needs {
  readonly bring?: readonly string[]
  readonly script: (world: LoggedIn) => string | Promise<string>
  readonly words?: Words
  /** Takes no proxy from the environment. */
  readonly onLoopback?: boolean
}

const exec = 'databricks-token exec --'
const who = `'SELECT current_user() AS me'`

const withJava: Needs = { programs: ['java'] }

const jdbc = (driver: 'jdbc' | 'jdbc-simba'): Client => ({
  ...withJava,
  bring: ['Jdbc.java'],
  script: async (world) => {
    await bringTrust(world)
    return `${exec} ${java(world, driver)} Jdbc.java '${jdbcUrl(world)}' ${WATCHED} 0`
  },
})

// Watched for longer: each of its requests takes a while.
const dbt: Client = {
  bring: ['again.sh', 'dbt'],
  script: ({ runner }) => {
    const model = "{{ config(materialized='table') }}\nselect 1 as id"
    writeFileSync(join(runner.workspace, 'dbt', 'models', 'one.sql'), model)
    const build = `${join(placeOf('dbt'), 'dbt')} --no-use-colors build --profiles-dir . --select one`
    return `cd dbt\n${exec} bash ../again.sh ${WATCHED + 40} ${build}`
  },
  words: printing('Done\\. PASS=1 WARN=0 ERROR=0 ', /(?:.*Database Error.*\n)+\s*(.*)/),
}

const clients: Readonly<Record<string, Client>> = {
  'outage-python-sdk': { bring: ['again.py', 'sdk.py'], script: () => `${exec} ${python} sdk.py ${WATCHED}` },
  'outage-python-connector': {
    bring: ['again.py', 'connector.py'],
    script: () => `${exec} ${python} connector.py renewed ${WATCHED} ${who}`,
  },
  'outage-dbt': dbt,
  'outage-go-sdk': { script: () => `${exec} ${placeOf('go-sdk', 'login')} ${WATCHED}` },
  'outage-go-sql': { script: () => `${placeOf('go-sql', 'query')} ${WATCHED}` },
  'outage-node-sql': {
    bring: ['again.mjs', 'sql.mjs'],
    script: ({ proxyPort }) => `${node} sql.mjs external ${proxyPort} ${WATCHED} ${who}`,
  },
  'outage-node-sdk': {
    bring: ['again.mjs', 'sdk.mjs'],
    script: () => `${exec} ${node} sdk.mjs ${WATCHED}`,
    onLoopback: true,
  },
  'outage-mlflow': {
    bring: ['again.py', 'mlflow_client.py'],
    script: () => `${exec} ${python} mlflow_client.py ${WATCHED}`,
  },
  'outage-sqlalchemy': { bring: ['again.py', 'alchemy.py'], script: () => `${exec} ${python} alchemy.py ${WATCHED}` },
  'outage-jdbc': jdbc('jdbc'),
  'outage-jdbc-simba': jdbc('jdbc-simba'),
  'outage-java-sdk': {
    ...withJava,
    bring: ['Sdk.java'],
    script: async (world) => {
      await bringTrust(world)
      return `databricks-token exec --auth oauth-m2m -- ${java(world, 'java-sdk')} Sdk.java ${WATCHED}`
    },
    onLoopback: true,
  },
  'outage-cli': {
    machine: ['databricks-cli'],
    bring: ['again.sh'],
    script: () => `${exec} bash again.sh ${WATCHED} '${databricksCli}' current-user me --output json`,
    words: printing('"userName"'),
  },
  'outage-terraform': {
    machine: ['terraform-mirror'],
    programs: ['terraform'],
    bring: ['again.sh'],
    script: (world) => `${terraform(world)}${exec} bash ../again.sh ${WATCHED} terraform apply ${QUIET} -auto-approve`,
    words: printing('Apply complete!', /Error: (.*)/),
  },
}

for (const [id, { bring: files = [], script, words, onLoopback, ...needs }] of Object.entries(clients)) {
  prove(
    id,
    async (test) => {
      const environment = { MODULES: placeOf('npm', 'index.js') }
      const world = await loggedIn(test, { tokenSeconds: SHORT, onLoopback, environment })
      bring(world, ...files)
      return outlive(world, { script: await script(world), words })
    },
    needs,
  )
}
