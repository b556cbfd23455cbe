import { type Runner, type RunnerOptions, startRunner } from '../../sandbox/github-runner.ts'
import { startWorkspace, type Workspace, type WorkspaceOptions } from '../../sandbox/workspace.ts'
import { federate, type Login, type LoginOptions } from '../../src/federation/federate.ts'
import { parseHost } from '../../src/host.ts'
import { findIdTokenService, requestIdToken } from '../../src/runner/id-token.ts'
import { later } from '../sandbox/support.ts'
import { connect } from './connections.ts'

export const clientId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'

export interface Pair {
  runner: Runner
  workspace: Workspace
}

/** A runner, and a workspace whose service principal trusts its jobs; `cleanUp` closes both. */
export async function startPair(
  audiences?: readonly string[],
  runnerOptions: RunnerOptions = {},
  workspaceOptions: Partial<WorkspaceOptions> = {},
): Promise<Pair> {
  const runner = later(await startRunner(runnerOptions))
  const { issuer, claims } = runner
  const applicationId = clientId
  const workspace = later(
    await startWorkspace({
      principals: [{ kind: 'service-principal', applicationId }],
      policies: [{ kind: 'service-principal', applicationId, issuer: issuer.url, subject: claims.sub, audiences }],
      ...workspaceOptions,
    }),
  )
  return { runner, workspace }
}

/** One login in this process, and all that it told. */
export async function federateWith({ runner, workspace }: Pair, options: Partial<LoginOptions> = {}) {
  const said: string[] = []
  const masked: string[] = []
  const timeoutSeconds = options.timeoutSeconds ?? 20
  const send = connect({ timeoutSeconds })
  const mask = (secret: string) => masked.push(secret)
  const service = findIdTokenService(runner.environment())
  const say = (kind: string) => (line: string) => said.push(`${kind}: ${line}`)
  const login = (): Promise<Login> =>
    federate(
      {
        host: parseHost(workspace.host),
        clientId,
        accountId: workspace.accountId,
        scope: 'all-apis',
        onExchangeFailure: 'fail',
        timeoutSeconds,
        ...options,
      },
      {
        send,
        mask,
        info: say('info'),
        notice: say('notice'),
        warning: say('warning'),
        requestIdToken: (audience) => requestIdToken(service, { audience, send, mask }),
        now: () => Date.now() / 1000,
      },
    )
  return { login, said, masked }
}
