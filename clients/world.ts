import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Authority, createAuthority } from '../sandbox/authority.ts'
import { startConnectProxy } from '../sandbox/connect-proxy.ts'
import type { FederationPolicy, Principal } from '../sandbox/federation-policy.ts'
import { type Runner, startRunner } from '../sandbox/github-runner.ts'
import { type Issuer, startIssuer } from '../sandbox/issuer.ts'
import { startWorkspace, type Workspace } from '../sandbox/workspace.ts'
import { openDatabase } from './thrift/database.ts'
import { openWarehouse } from './thrift/warehouse.ts'

export const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const issuerUrl = 'https://token.actions.githubusercontent.com'
export const productionHost = 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'
export const stagingHost = 'https://adb-6051921418418893.13.azuredatabricks.net'

export interface WorldOptions {
  /** Life of the runner's ID tokens, and so of the workspace's tokens. */
  readonly tokenSeconds?: number | undefined
  /** Takes the workspace's own address, for a client that knows no proxy: `https://127.0.0.1:<port>`. */
  readonly onLoopback?: boolean | undefined
  /** What the policies of both workspaces ask for; the account id by default, as Databricks does. */
  readonly audiences?: readonly string[] | undefined
}

/** A runner and two workspaces under their real names, and the way from one to the others. */
export interface World {
  readonly runner: Runner
  readonly production: Workspace
  readonly staging: Workspace
  /** What leads a process to them: the proxy, and the authority in each variable that some client reads. */
  readonly way: Readonly<Record<string, string>>
  readonly proxyPort: number
  /** Whom every server of this world has its certificate from. */
  readonly authority: Authority
  /** Where the proxy leads `name:port`, at each connection. */
  readonly routes: Record<string, number>
  close(): Promise<void>
}

/** Starts a world of its own keys: TLS by a throw-away authority, names through a CONNECT proxy. */
export async function startWorld({ tokenSeconds, onLoopback, audiences }: WorldOptions = {}): Promise<World> {
  const authority = await createAuthority()
  const issuer = await startIssuer({
    publicUrl: issuerUrl,
    tls: await authority.issue(new URL(issuerUrl).hostname),
  })
  const runner = await startRunner({ issuer, tokenSeconds })
  const openAt = (publicUrl: string | undefined) => openWorkspace({ runner, issuer, authority, audiences, publicUrl })
  const [production, staging] = await Promise.all([
    openAt(onLoopback ? undefined : productionHost),
    openAt(stagingHost),
  ])
  const routes: Record<string, number> = Object.fromEntries(
    [production, staging].map(({ host, server }) => [`${new URL(host).hostname}:443`, server.port]),
  )
  const proxy = await startConnectProxy({ routes })
  const folder = mkdtempSync(join(tmpdir(), 'clients-'))
  const certificate = join(folder, 'authority.pem')
  writeFileSync(certificate, authority.certificate)
  return {
    runner,
    production,
    staging,
    proxyPort: proxy.port,
    authority,
    routes,
    way: {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: certificate,
      SSL_CERT_FILE: certificate,
      REQUESTS_CA_BUNDLE: certificate,
    },
    async close() {
      await Promise.all([runner, issuer, production, staging, proxy].map((server) => server.close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface WorkspacePlace {
  readonly runner: Runner
  readonly issuer: Issuer
  readonly authority: Authority
  readonly audiences: readonly string[] | undefined
  readonly publicUrl: string | undefined
}

async function openWorkspace(place: WorkspacePlace): Promise<Workspace> {
  const { runner, issuer, authority, audiences, publicUrl } = place
  const principals: Principal[] = [{ kind: 'service-principal', applicationId }]
  const trusted = { issuer: issuer.url, subject: runner.claims.sub, audiences }
  const policies: FederationPolicy[] = [{ kind: 'service-principal', applicationId, ...trusted }]
  const { answer: answerThrift } = openWarehouse({ run: openDatabase().run })
  const routes = { [`${new URL(issuerUrl).hostname}:443`]: issuer.server.port }
  return startWorkspace({
    principals,
    policies,
    publicUrl,
    answerThrift,
    tls: await authority.issue(publicUrl ? new URL(publicUrl).hostname : '127.0.0.1'),
    issuers: { ca: authority.certificate, routes },
  })
}
