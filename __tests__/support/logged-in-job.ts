import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, onTestFailed, onTestFinished } from 'vitest'
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

/** Has something closed in the end. */
export type WhenFinished = (close: () => Promise<void>) => void

/** A workspace that trusts the jobs of a runner. */
export async function workspaceFor(
  { issuer, claims }: Runner,
  warehouse?: WarehouseOptions,
  whenFinished: WhenFinished = onTestFinished,
): Promise<Workspace> {
  const principals: Principal[] = [{ kind: 'service-principal', applicationId }]
  const policies: FederationPolicy[] = [
    { kind: 'service-principal', applicationId, issuer: issuer.url, subject: claims.sub },
  ]
  const workspace = await startWorkspace({ principals, policies, warehouse })
  whenFinished(workspace.close)
  return workspace
}

/** What a workflow gives the action for a workspace. */
export const inputsFor = ({ host, accountId }: Workspace, more: Record<string, string> = {}) => ({
  host,
  account_id: accountId,
  identity_federation_client_id: applicationId,
  ...more,
})

interface NewJob {
  runner: Runner
  workspace: Workspace
  job: Job
}

export interface LoggedInJob extends NewJob {
  login: StepResult
  /** Makes the kept token older or younger, so that it ends this many seconds from now. */
  setSecondsLeft: (seconds: number) => void
}

interface NewJobOptions extends RunnerOptions {
  /** The job's `env:`. */
  environment?: Record<string, string>
  warehouse?: WarehouseOptions
  /** By default runner and workspace go with the test. */
  whenFinished?: WhenFinished
}

export interface LoggedInJobOptions extends NewJobOptions {
  inputs?: Record<string, string>
  /** Makes the input subject_token. */
  subjectToken?: (runner: Runner) => Promise<string>
}

/** A job in which nobody has logged in, and a workspace that trusts it. */
export async function newJob(options: NewJobOptions = {}): Promise<NewJob> {
  const { environment, warehouse, whenFinished = onTestFinished, ...runnerOptions } = options
  const runner = await startRunner(runnerOptions)
  whenFinished(runner.close)
  const workspace = await workspaceFor(runner, warehouse, whenFinished)
  return { runner, workspace, job: startJob(runner, environment) }
}

/** A job whose login step has run. */
export async function loggedInJob(options: LoggedInJobOptions = {}): Promise<LoggedInJob> {
  const { inputs, subjectToken, ...others } = options
  const { runner, workspace, job } = await newJob(others)
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

/** What can be as it was: `remember` keeps that, and what it gives brings it back. */
interface Remembering {
  remember: () => () => void
}

// Its token lives for five minutes. A test expects nearly all of them.
const OLD_MS = 60_000

/**
 * One login for the tests of a file that are about what comes after it: each finds job, runner and workspace as the login
 * left them. To be called at the top of the file. A login of its own for each of them would take a third of their time.
 */
export function oneLogin<T extends LoggedInJob>(
  logIn: (options: { whenFinished: WhenFinished }) => Promise<T>,
  othersOf: (first: T) => readonly Remembering[] = () => [],
) {
  const closes: (() => Promise<void>)[] = []
  afterAll(async () => void (await Promise.all(closes.map((close) => close()))))
  let shared: { since: number; again: () => T } | undefined

  async function started() {
    const since = Date.now()
    const first = await logIn({ whenFinished: (close) => void closes.push(close) })
    const bringBack = [first.runner, first.workspace, ...othersOf(first)].map((one) => one.remember())
    const again = () => {
      for (const one of bringBack) one()
      return { ...first, job: first.job.copy() }
    }
    return { since, again }
  }

  return async (): Promise<T> => {
    // What a test has begun and not ended may still be at work in those folders.
    onTestFailed(() => {
      shared = undefined
    })
    if (shared === undefined || Date.now() - shared.since > OLD_MS) shared = await started()
    return shared.again()
  }
}

/** Whole JWTs in a text; a header and payload without the signature are none. */
export const wholeTokensIn = (text: string): string[] => text.match(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{40,}/g) ?? []
