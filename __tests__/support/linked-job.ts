import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type ConnectProxy, startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type LinkStore, type LinkStoreOptions, startLinkStore } from '../../sandbox/link-store.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { type LoggedInJob, oneLogin, type WhenFinished } from './logged-in-job.ts'
import { sharedAuthority } from './shared-authority.ts'
import { sqlJob } from './sql-job.ts'

/** The name of the store, to which a proxy leads. */
export const STORE = 'bucket.store.example'

interface StoringJob extends LoggedInJob {
  store: LinkStore
  proxy: ConnectProxy
}

/** A job that is logged in, whose warehouse puts results into a store over TLS, on port 443 of a name. */
export const linkedJob = async (warehouse: WarehouseOptions = {}, options: Partial<LinkStoreOptions> = {}) =>
  trusting(await storingJob(warehouse, options))

/** The same for the tests of a file, with one login. */
export function oneLinkedJob(warehouse: WarehouseOptions) {
  const loggedIn = oneLogin(
    ({ whenFinished }) => storingJob(warehouse, {}, whenFinished),
    ({ store, proxy }) => [store, proxy],
  )
  return async () => trusting(await loggedIn())
}

async function storingJob(
  warehouse: WarehouseOptions,
  options: Partial<LinkStoreOptions>,
  whenFinished: WhenFinished = onTestFinished,
): Promise<StoringJob> {
  const authority = await sharedAuthority()
  const store = await startLinkStore({ name: STORE, tls: await authority.issue(STORE), ...options })
  const routes = { [`${STORE}:443`]: store.port }
  const proxy = await startConnectProxy({ routes })
  whenFinished(async () => void (await Promise.all([store.close(), proxy.close()])))
  const own = await sqlJob({
    warehouse: { rowsPerChunk: 10, ...warehouse, store },
    environment: { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' },
    whenFinished,
  })
  writeFileSync(join(own.runner.temp, 'authority.pem'), authority.certificate)
  return { ...own, store, proxy }
}

function trusting(own: StoringJob) {
  const trusted = { NODE_EXTRA_CA_CERTS: join(own.runner.temp, 'authority.pem') }
  /** Runs a script that trusts the store, unless the environment says otherwise. */
  const run = (script: string, environment: Record<string, string> = {}) =>
    own.job.run(script, { environment: { ...trusted, ...environment } })
  return { ...own, run }
}
