import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FederationPolicy, Principal } from '../../sandbox/federation-policy.ts'
import { type Runner, type RunnerOptions, startRunner } from '../../sandbox/github-runner.ts'
import { type Job, startJob } from '../../sandbox/job.ts'
import type { StepResult } from '../../sandbox/run-step.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { startWorkspace, type Workspace } from '../../sandbox/workspace.ts'

const root = join(import.meta.dirname, '..', '..')

/** The entries of action.yml, as they are published. */
export const entries = {
  main: join(root, 'dist', 'main', 'index.js'),
  post: join(root, 'dist', 'post', 'index.js'),
}

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'

/** A workspace that trusts the jobs of a runner. */
export async function workspaceFor({ issuer, claims }: Runner, warehouse?: WarehouseOptions): Promise<Workspace> {
  const principals: Principal[] = [{ kind: 'service-principal', applicationId }]
  const policies: FederationPolicy[] = [
    { kind: 'service-principal', applicationId, issuer: issuer.url, subject: claims.sub },
  ]
  const workspace = await startWorkspace({ principals, policies, warehouse })
  onTestFinished(workspace.close)
  return workspace
}

/** What a workflow gives the action for a workspace. */
export const inputsFor = ({ host, accountId }: Workspace, more: Record<string, string> = {}) => ({
  host,
  account_id: accountId,
  identity_federation_client_id: applicationId,
  ...more,
})

export interface LoggedInJob {
  runner: Runner
  workspace: Workspace
  job: Job
  login: StepResult
  /** Makes the kept token older or younger, so that it ends this many seconds from now. */
  setSecondsLeft: (seconds: number) => void
}

export interface LoggedInJobOptions extends RunnerOptions {
  inputs?: Record<string, string>
  /** The job's `env:`. */
  environment?: Record<string, string>
  /** Makes the input subject_token. */
  subjectToken?: (runner: Runner) => Promise<string>
  warehouse?: WarehouseOptions
}

/** A job whose login step has run. */
export async function loggedInJob(options: LoggedInJobOptions = {}): Promise<LoggedInJob> {
  const { inputs, environment, subjectToken, warehouse, ...runnerOptions } = options
  const runner = await startRunner(runnerOptions)
  onTestFinished(runner.close)
  const workspace = await workspaceFor(runner, warehouse)
  const job = startJob(runner, environment)
  const given: Record<string, string> = subjectToken ? { subject_token: await subjectToken(runner) } : {}
  const login = await job.action({
    entry: entries.main,
    inputs: inputsFor(workspace, { ...given, ...inputs }),
  })
  const setSecondsLeft = (seconds: number) => {
    const file = join(login.state['folder'] ?? '', 'kept', 'token.json')
    const token = JSON.parse(readFileSync(file, 'utf8'))
    const expiresAt = Date.now() / 1000 + seconds
    const issuedAt = expiresAt - (token.expiresAt - token.issuedAt)
    writeFileSync(file, JSON.stringify({ ...token, expiresAt, issuedAt }))
  }
  return { runner, workspace, job, login, setSecondsLeft }
}

/** Whole JWTs in a text; a header and payload without the signature are none. */
export const wholeTokensIn = (text: string): string[] => text.match(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{40,}/g) ?? []
