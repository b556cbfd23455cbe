// Asks who is logged in, and what one is, a second apart for as long as it is told to.
import { createRequire } from 'node:module'
import { again } from './again.mjs'

const { WorkspaceClient } = createRequire(process.env.MODULES)('@databricks/sdk-experimental')

const client = new WorkspaceClient({})

async function ask() {
  const me = await client.currentUser.me()
  const answer = await client.statementExecution.executeStatement({
    statement: 'SELECT 1',
    warehouse_id: process.env.WAREHOUSE_ID,
  })
  return `${client.config.authType} ${me.userName} ${JSON.stringify(answer.result.data_array)}`
}

await again(ask, Number(process.argv[2] ?? 0))
