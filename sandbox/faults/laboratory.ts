import type { FederationPolicy } from '../federation-policy.ts'
import { type Runner, type RunnerOptions, startRunner } from '../github-runner.ts'
import { type SandboxServer, serve } from '../http-server.ts'
import { type Issuer, type IssuerOptions, startIssuer } from '../issuer.ts'
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../workspace.ts'
import { type Leg, legOf } from './leg.ts'

/** A runner and a workspace in front of which faults can be put. */
export interface Laboratory {
  readonly runner: Runner
  readonly workspace: Workspace
  /** Another host, to which faults point; nothing may arrive there. */
  readonly elsewhere: SandboxServer
  readonly servers: Readonly<Record<Leg, SandboxServer>>
  /** What a step gets beside the runner's own variables. */
  readonly environment: Readonly<Record<string, string>>
  /** Every token since the last reset, and the credentials. */
  secrets(): string[]
  /** Called when a client says that it tries again. */
  onRetry: (() => void) | undefined
  /** Called when a request is left without its answer. */
  onStall: (() => void) | undefined
  /** Requests of a leg that arrived since the last reset. */
  arrived(leg: Leg): number
  /** Takes every fault away and forgets the requests. */
  reset(): Promise<void>
  close(): Promise<void>
}

export const applicationId = 'b7d1c9e2-3f48-4a06-9c57-12e0f6a4d835'

interface LaboratoryOptions {
  issuer?: IssuerOptions
  runner?: RunnerOptions
  workspace?: Partial<WorkspaceOptions>
}

// Databricks' default for policies, and what the SDKs ask for: so that a refused audience has a second one.
const audiencesOf = (host: string, accountId: string) => [accountId, `${host}/oidc/v1/token`]

/** Keeps every token that an issuer signs. */
function recordingIssuer(issuer: Issuer, tokens: string[]): Issuer {
  return {
    ...issuer,
    sign: async (claims) => {
      const token = await issuer.sign(claims)
      tokens.push(token)
      return token
    },
  }
}

// What a client has sent before it gave up is still on its way: it shall not meet the next fault.
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Starts a laboratory over plain HTTP on loopback. */
export async function startLaboratory(options: LaboratoryOptions = {}): Promise<Laboratory> {
  const tokens: string[] = []
  const issuer = await startIssuer({ algorithm: 'ES256', ...options.issuer })
  const runner = await startRunner({ issuer: recordingIssuer(issuer, tokens), ...options.runner })
  const policies: FederationPolicy[] = []
  const workspace = await startWorkspace({
    policies,
    principals: [{ kind: 'service-principal', applicationId }],
    ...options.workspace,
  })
  const subject = runner.claims.sub
  const audiences = audiencesOf(workspace.host, workspace.accountId)
  policies.push({ kind: 'service-principal', applicationId, issuer: issuer.url, subject, audiences })
  const elsewhere = await serve(() => ({ status: 200, json: {} }))
  const servers = { 'ID token': runner.server, metadata: workspace.server, exchange: workspace.server }
  const running = [runner, workspace, elsewhere]

  let earlier = 0

  const laboratory: Laboratory = {
    runner,
    workspace,
    elsewhere,
    servers,
    environment: {},
    onRetry: undefined,
    onStall: undefined,
    secrets: () => [
      runner.requestToken,
      ...tokens,
      ...workspace.exchanges.slice(earlier).flatMap(({ accessToken }) => accessToken ?? []),
    ],
    arrived: (leg) => servers[leg].requests.filter(({ path }) => legOf(path) === leg).length,
    async reset() {
      await quiet()
      laboratory.onRetry = undefined
      laboratory.onStall = undefined
      for (const server of [runner.server, workspace.server]) {
        server.before = undefined
        await server.open()
      }
      for (const { requests } of running) requests.splice(0)
      tokens.splice(0)
      earlier = workspace.exchanges.length
    },
    async close() {
      await Promise.all([...running, issuer].map((server) => server.close()))
    },
  }
  return laboratory
}
