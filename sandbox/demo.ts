import { join } from 'node:path'
import { type Runner, startRunner } from './github-runner.ts'
import { type Job, startJob } from './job.ts'
import type { StepResult } from './run-step.ts'
import { startWorkspace, type Workspace } from './workspace.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const entry = join(import.meta.dirname, '..', '..', 'dist', 'main', 'index.js')

// Short, so that an end comes while somebody looks; Databricks refuses a token in its last 30 seconds.
const TOKEN_SECONDS = 46

// Renews as the SDKs of Databricks do: asks the service of its parent for a token when its own has had its time.
const longProgram = `
const { DATABRICKS_HOST: host, DATABRICKS_TOKEN: first, DATABRICKS_METADATA_SERVICE_URL: service } = process.env
const headers = { 'x-databricks-metadata-version': '1', 'x-databricks-host': host }
const began = Date.now()
let token = { access_token: first, expires_on: 0 }
const me = async (bearer) => {
  const answer = await fetch(host + '/api/2.0/preview/scim/v2/Me', { headers: { authorization: 'Bearer ' + bearer } })
  return answer.status + (answer.ok ? '' : ' ' + (await answer.json()).message)
}
for (const after of [0, 8, 23]) {
  await new Promise((resolve) => setTimeout(resolve, began + after * 1000 - Date.now()))
  if (token.expires_on <= Date.now() / 1000) token = await (await fetch(service, { headers })).json()
  const renewed = token.access_token !== first
  console.log(String(after).padStart(2), 's:', await me(token.access_token), renewed ? 'with a renewed token' : '')
}
console.log('The token of the start, by now:', await me(first))
`

const node = (script: string): string => `node --input-type=module <<'SCRIPT'${script}SCRIPT\n`

const login = (job: Job, { host, accountId }: Workspace): Promise<StepResult> =>
  job.action({
    entry,
    inputs: { host, account_id: accountId, identity_federation_client_id: applicationId, verify: 'true' },
  })

/** A job that logs in, queries, and goes on past the end of its first token. */
async function nightly(job: Job, workspace: Workspace): Promise<boolean> {
  const quiet = { environment: { NODE_NO_WARNINGS: '1' } }
  const steps = [
    await login(job, workspace),
    await job.run("databricks-token sql 'SELECT current_user() AS me, 6 * 7 AS answer'", quiet),
    await job.run(`databricks-token exec -- ${node(longProgram)}`, quiet),
  ]
  return steps.every(({ exitCode }) => exitCode === 0)
}

/** The same job where somebody took its environment out: what the policy says no longer fits. */
async function refused(runner: Runner, workspace: Workspace): Promise<{ log: string; isRefused: boolean }> {
  const { issuer } = runner
  const changed = await startRunner({ issuer, claims: { environment: '' } })
  try {
    const job = startJob(changed)
    const { exitCode } = await login(job, workspace)
    return { log: job.log(), isRefused: exitCode === 1 }
  } finally {
    await changed.close()
  }
}

const title = (text: string): string => `\n━━ ${text} ${'━'.repeat(Math.max(0, 100 - text.length))}\n\n`

async function demo(): Promise<number> {
  const runner = await startRunner()
  const { issuer, claims } = runner
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId, displayName: 'nightly' }],
    policies: [{ kind: 'service-principal', applicationId, issuer: issuer.url, subject: claims.sub }],
    maxTokenSeconds: TOKEN_SECONDS,
  })
  const job = startJob(runner, { DATABRICKS_WAREHOUSE_ID: workspace.warehouseId })
  try {
    process.stdout.write(title('A job logs in, queries, and goes on after its token has ended (half a minute)'))
    const isDone = await nightly(job, workspace)
    process.stdout.write(job.log())
    const { log, isRefused } = await refused(runner, workspace)
    process.stdout.write(title('The same job without environment: prod, and the reason why it is refused') + log)
    return isDone && isRefused ? 0 : 1
  } finally {
    await Promise.all([runner.close(), workspace.close()])
  }
}

process.exitCode = await demo()
