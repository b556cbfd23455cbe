// Runs the statements in its arguments after the first two: how it logs in, and the port of the proxy.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'

const { DBSQLClient } = createRequire(process.env.MODULES)('@databricks/sql')
const [login, port, ...statements] = process.argv.slice(2)

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
for (const statement of statements) {
  const operation = await session.executeStatement(statement)
  console.log(JSON.stringify(await operation.fetchAll()))
  await operation.close()
}
await session.close()
await client.close()
