// Asks who is logged in, and what one is, a second apart for as long as it is told to.
import { createRequire } from 'node:module'
import { setTimeout as pause } from 'node:timers/promises'

const { WorkspaceClient } = createRequire(process.env.MODULES)('@databricks/sdk-experimental')

const client = new WorkspaceClient({})
const end = Date.now() + Number(process.argv[2] ?? 0) * 1000
for (;;) {
  const me = await client.currentUser.me()
  const answer = await client.statementExecution.executeStatement({
    statement: 'SELECT 1',
    warehouse_id: process.env.WAREHOUSE_ID,
  })
  console.log(client.config.authType, me.userName, JSON.stringify(answer.result.data_array))
  if (Date.now() >= end) break
  await pause(1000)
}
