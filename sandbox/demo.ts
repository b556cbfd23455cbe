import { join } from 'node:path'
import { startRunner } from './github-runner.ts'
import { startJob } from './job.ts'
import { startWorkspace } from './workspace.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const root = join(import.meta.dirname, '..', '..')

// Reads the token from the environment and hands it to the request in a header, never in an argument.
const query = `
const ask = (path, body) =>
  fetch(process.env.DATABRICKS_HOST + path, {
    ...body,
    headers: { authorization: 'Bearer ' + process.env.DATABRICKS_TOKEN },
  }).then((answer) => answer.json())

for (const statement of ['SELECT 1', 'SELECT current_user()']) {
  const body = JSON.stringify({ statement, warehouse_id: process.env.WAREHOUSE_ID, wait_timeout: '30s' })
  const { status, result } = await ask('/api/2.0/sql/statements', { method: 'POST', body })
  console.log(statement, '->', status.state, JSON.stringify(result?.data_array))
}
`

async function demo(): Promise<number> {
  const runner = await startRunner()
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId, displayName: 'nightly' }],
    policies: [
      {
        kind: 'service-principal',
        applicationId,
        issuer: runner.issuer.url,
        subject: runner.claims.sub,
      },
    ],
  })
  const job = startJob(runner, { WAREHOUSE_ID: workspace.warehouseId })
  try {
    const login = await job.action({
      entry: join(root, 'dist', 'main', 'index.js'),
      inputs: {
        host: workspace.host,
        account_id: workspace.accountId,
        identity_federation_client_id: applicationId,
      },
    })
    const select = await job.run(`node --input-type=module <<'SCRIPT'${query}SCRIPT\n`, {
      environment: { NODE_NO_WARNINGS: '1' },
    })
    process.stdout.write(job.log())
    return login.exitCode === 0 && select.exitCode === 0 ? 0 : 1
  } finally {
    await Promise.all([runner.close(), workspace.close()])
  }
}

process.exitCode = await demo()
