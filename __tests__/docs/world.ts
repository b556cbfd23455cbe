import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import type { FederationPolicy } from '../../sandbox/federation-policy.ts'
import { type Runner, startRunner } from '../../sandbox/github-runner.ts'
import { type Issuer, startIssuer } from '../../sandbox/issuer.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { defaultAccountId, startWorkspace, type Workspace } from '../../sandbox/workspace.ts'
import { later } from '../sandbox/support.ts'
import { sharedAuthority } from '../support/shared-authority.ts'
import type { WrittenPolicy } from './policies.ts'

/** Everything that a recipe meets: a runner, the issuer of its policy under its real name, and workspaces. */
export interface World {
  readonly runner: Runner
  readonly issuer: Issuer
  readonly production: Workspace
  readonly staging: Workspace
  /** What leads a job to `production` under a name of its own; nothing without one. */
  readonly way: Readonly<Record<string, string>>
}

export const applicationIds = {
  production: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
  staging: 'd7e1f0a2-3c4b-4d5e-9f60-718293a4b5c6',
}

interface WorldOptions {
  readonly policy: WrittenPolicy
  /** Whether the policy is for GitHub's ID tokens, and so for those of the runner. */
  readonly isGithub: boolean
  /** Life of an ID token of the runner. */
  readonly tokenSeconds?: number | undefined
  readonly idTokenPermission: boolean
  readonly warehouse?: WarehouseOptions | undefined
  /** The origin of `production`, in place of its address on loopback. */
  readonly publicUrl?: string | undefined
  /** Claims of GitHub's ID tokens; a job of `my-org/my-repo` in the environment `prod` by default. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  /** Who may use the workspaces; everyone by default. */
  readonly members?: readonly string[] | undefined
}

/** The words in capitals that a page leaves to the reader; the others mean what they say. */
const filledIn = (policy: WrittenPolicy, applicationId: string): FederationPolicy => ({
  kind: 'service-principal',
  applicationId,
  issuer: policy.issuer,
  audiences: policy.audiences.map((audience) => (audience === 'ACCOUNT_ID' ? defaultAccountId : audience)),
  subject: policy.subject,
  subjectClaim: policy.subjectClaim,
})

/** Starts what a recipe meets, with the policy that its page shows; all is closed after the test. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { policy, isGithub, tokenSeconds, idTokenPermission, warehouse, publicUrl, members, claims } = options
  const authority = await sharedAuthority()
  const { origin, hostname, pathname } = new URL(policy.issuer)
  const issuer = later(
    await startIssuer({
      publicUrl: policy.issuer.slice(0, origin.length),
      path: pathname === '/' ? '' : pathname,
      tls: await authority.issue(hostname),
    }),
  )
  const runner = later(
    await startRunner({
      tokenSeconds,
      idTokenPermission,
      issuer: isGithub ? issuer : undefined,
      claims: { repository: 'my-org/my-repo', environment: 'prod', ...claims },
    }),
  )
  const startOne = async (applicationId: string, url?: string) =>
    later(
      await startWorkspace({
        publicUrl: url,
        members,
        tls: url === undefined ? url : await authority.issue(new URL(url).hostname),
        policies: [filledIn(policy, applicationId)],
        principals: [{ kind: 'service-principal', applicationId }],
        warehouse,
        issuers: { ca: authority.certificate, routes: { [`${hostname}:443`]: issuer.server.port } },
      }),
    )
  const production = await startOne(applicationIds.production, publicUrl)
  const staging = await startOne(applicationIds.staging)
  const way = publicUrl === undefined ? {} : await wayTo(production, runner, authority.certificate)
  return { runner, issuer, production, staging, way }
}

async function wayTo({ host, server }: Workspace, runner: Runner, certificate: string) {
  const proxy = later(await startConnectProxy({ routes: { [`${new URL(host).hostname}:443`]: server.port } }))
  const file = join(runner.temp, 'authority.pem')
  writeFileSync(file, certificate)
  return { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: file }
}

/** The variables that the recipes name. */
export const variablesFor = ({ production, staging }: World): Record<string, string> => ({
  DATABRICKS_HOST: production.host,
  DATABRICKS_ACCOUNT_ID: production.accountId,
  DATABRICKS_CLIENT_ID: applicationIds.production,
  STAGING_HOST: staging.host,
  STAGING_CLIENT_ID: applicationIds.staging,
  DATABRICKS_WAREHOUSE_ID: production.warehouseId,
})
