import { createAuthority } from '../../sandbox/authority.ts'
import type { FederationPolicy } from '../../sandbox/federation-policy.ts'
import { type Runner, startRunner } from '../../sandbox/github-runner.ts'
import { type Issuer, startIssuer } from '../../sandbox/issuer.ts'
import { defaultAccountId, startWorkspace, type Workspace } from '../../sandbox/workspace.ts'
import { later } from '../sandbox/support.ts'
import type { WrittenPolicy } from './policies.ts'

/** Everything that a recipe meets: a runner, the issuer of its policy under its real name, and workspaces. */
export interface World {
  readonly runner: Runner
  readonly issuer: Issuer
  readonly production: Workspace
  readonly staging: Workspace
}

const applicationIds = {
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
}

/** The words in capitals that a page leaves to the reader; the others mean what they say. */
const filledIn = ({ issuer, audiences, subject }: WrittenPolicy, applicationId: string): FederationPolicy => ({
  kind: 'service-principal',
  applicationId,
  issuer,
  audiences: audiences.map((audience) => (audience === 'ACCOUNT_ID' ? defaultAccountId : audience)),
  subject,
})

/** Starts what a recipe meets, with the policy that its page shows; all is closed after the test. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { policy, isGithub, tokenSeconds, idTokenPermission } = options
  const authority = await createAuthority()
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
      ...{ tokenSeconds, idTokenPermission, issuer: isGithub ? issuer : undefined },
      claims: { repository: 'my-org/my-repo', environment: 'prod' },
    }),
  )
  const startOne = async (applicationId: string) =>
    later(
      await startWorkspace({
        policies: [filledIn(policy, applicationId)],
        principals: [{ kind: 'service-principal', applicationId }],
        issuers: { ca: authority.certificate, routes: { [`${hostname}:443`]: issuer.server.port } },
      }),
    )
  const production = await startOne(applicationIds.production)
  const staging = await startOne(applicationIds.staging)
  return { runner, issuer, production, staging }
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
