import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type LinkStoreOptions, startLinkStore } from '../../sandbox/link-store.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { sqlJob } from './sql-job.ts'

/** The name of the store, to which a proxy leads. */
export const STORE = 'bucket.store.example'

/** A job that is logged in, whose warehouse puts results into a store over TLS, on port 443 of a name. */
export async function linkedJob(warehouse: WarehouseOptions = {}, options: Partial<LinkStoreOptions> = {}) {
  const authority = await createAuthority()
  const store = await startLinkStore({ name: STORE, tls: await authority.issue(STORE), ...options })
  const routes = { [`${STORE}:443`]: store.port }
  const proxy = await startConnectProxy({ routes })
  onTestFinished(async () => void (await Promise.all([store.close(), proxy.close()])))
  const own = await sqlJob({
    warehouse: { rowsPerChunk: 10, ...warehouse, store },
    environment: { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' },
  })
  const certificates = join(own.runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)
  const trusting = { NODE_EXTRA_CA_CERTS: certificates }
  /** Runs a script that trusts the store, unless the environment says otherwise. */
  const run = (script: string, environment: Record<string, string> = {}) =>
    own.job.run(script, { environment: { ...trusting, ...environment } })
  return { ...own, store, proxy, run }
}
