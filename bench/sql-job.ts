import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority } from '../sandbox/authority.ts'
import { startConnectProxy } from '../sandbox/connect-proxy.ts'
import { startRunner } from '../sandbox/github-runner.ts'
import { startJob } from '../sandbox/job.ts'
import type { ThriftWarehouse } from '../sandbox/sql-drivers.ts'
import type { WarehouseOptions } from '../sandbox/statements.ts'
import { startWorkspace } from '../sandbox/workspace.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const entry = join(import.meta.dirname, '..', 'dist', 'main', 'index.js')

const name = 'dbc-a1b2c3d4-e5f6.cloud.databricks.com'

/**
 * A job that is logged in to a workspace over https, with the variables that its later steps need. With `answerThrift`, for a
 * driver that takes a name without a port, the workspace has a real name, and a proxy leads there.
 */
export async function loggedInJob(
  warehouse: WarehouseOptions = {},
  tokenSeconds?: number,
  answerThrift?: ThriftWarehouse,
) {
  const authority = await createAuthority()
  const runner = await startRunner({ tokenSeconds })
  const workspace = await startWorkspace({
    principals: [{ kind: 'service-principal', applicationId }],
    policies: [{ kind: 'service-principal', applicationId, issuer: runner.issuer.url, subject: runner.claims.sub }],
    tls: await authority.issue(answerThrift ? name : '127.0.0.1'),
    publicUrl: answerThrift && `https://${name}`,
    warehouse,
    answerThrift,
  })
  const proxy = answerThrift && (await startConnectProxy({ routes: { [`${name}:443`]: workspace.server.port } }))
  const certificates = join(runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)
  const job = startJob(runner, {
    NODE_EXTRA_CA_CERTS: certificates,
    DATABRICKS_WAREHOUSE_ID: workspace.warehouseId,
    ...(proxy && { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: certificates }),
  })
  const { host, accountId } = workspace
  const inputs = { host, account_id: accountId, identity_federation_client_id: applicationId }
  const login = await job.action({ entry, inputs })
  if (login.exitCode !== 0) throw new Error(login.log)
  const close = () => Promise.all([runner.close(), workspace.close(), proxy?.close()])
  return { runner, workspace, job, certificates, close }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
