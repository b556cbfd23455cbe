// Runs the statements in its arguments after the first three, each a second apart for as long as the third says. The
// others are how it logs in, and the port of the proxy.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { again } from './again.mjs'

const { DBSQLClient } = createRequire(process.env.MODULES)('@databricks/sql')
const [login, port, seconds, ...statements] = process.argv.slice(2)

const credentials = {
  token: () => ({ token: process.env.DATABRICKS_TOKEN }),
  external: () => ({
    authType: 'external-token',
    getToken: async () => execFileSync('databricks-token', { encoding: 'utf8' }).trim(),
  }),
}[login]()

const client = new DBSQLClient({ logger: { log: () => undefined } })
await client.connect({
  host: process.env.DATABRICKS_SERVER_HOSTNAME,
  path: process.env.DATABRICKS_HTTP_PATH,
  // The driver reads no HTTPS_PROXY.
  proxy: { protocol: 'http', host: '127.0.0.1', port: Number(port) },
  ...credentials,
})
const session = await client.openSession()

async function run(statement) {
  const operation = await session.executeStatement(statement)
  const rows = await operation.fetchAll()
  await operation.close()
  return JSON.stringify(rows)
}

for (const statement of statements) await again(() => run(statement), Number(seconds))
await session.close()
await client.close()
