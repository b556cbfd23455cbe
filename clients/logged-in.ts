import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { type Job, startJob } from '../sandbox/job.ts'
import type { StepResult } from '../sandbox/run-step.ts'
import type { Workspace } from '../sandbox/workspace.ts'
import { placeOf } from './setup/parts.ts'
import { applicationId, startWorld, type World, type WorldOptions } from './world.ts'

const main = join(import.meta.dirname, '..', 'dist', 'main', 'index.js')
const post = join(import.meta.dirname, '..', 'dist', 'post', 'index.js')

/** Life of a token in the cases that outlive some: refused in its last 30 seconds, so good for a minute. */
export const SHORT = 90
/** How long such a case works, in seconds: the third token is due after 100 at the latest. */
export const TWO_ENDS = 110

/** A world that goes away with the test. */
export async function worldFor(test: TestContext, options: WorldOptions = {}): Promise<World> {
  const world = await startWorld(options)
  test.onTestFinished(() => world.close())
  return world
}

/** What a workflow gives a step that queries the warehouse of a workspace. */
export const warehouseOf = ({ warehouseId }: Workspace) => ({
  WAREHOUSE_ID: warehouseId,
  DATABRICKS_HTTP_PATH: `/sql/1.0/warehouses/${warehouseId}`,
})

/** Switches that keep clients from telling their makers about this run. */
const silence = {
  DATABRICKS_TELEMETRY_DISABLED: '1',
  DBT_SEND_ANONYMOUS_USAGE_STATS: '0',
  MLFLOW_DISABLE_TELEMETRY: 'true',
}

/** A job without a login: the way to the workspace, and whatever its `env:` says. */
export function jobIn(world: World, environment: Readonly<Record<string, string>> = {}): Job {
  return startJob(world.runner, {
    ...world.way,
    ...silence,
    ...warehouseOf(world.production),
    ...environment,
  })
}

export interface LoggedIn extends World {
  readonly job: Job
}

export interface LoginOptions extends WorldOptions {
  environment?: Readonly<Record<string, string>>
  /** More inputs of the login step. */
  inputs?: Readonly<Record<string, string>>
  /** The job's `env:` is as Databricks' own page has it: its clients log in by themselves. */
  official?: boolean
}

const officialLogin = ({ host }: Workspace) => ({
  DATABRICKS_AUTH_TYPE: 'github-oidc',
  DATABRICKS_HOST: host,
  DATABRICKS_CLIENT_ID: applicationId,
})

/** A job whose login step has run, as a runner runs it. */
export async function loggedIn(test: TestContext, options: LoginOptions = {}): Promise<LoggedIn> {
  const world = await worldFor(test, options)
  const job = jobIn(world, { ...(options.official && officialLogin(world.production)), ...options.environment })
  const { host, accountId } = world.production
  const inputs = { host, account_id: accountId, identity_federation_client_id: applicationId, ...options.inputs }
  const login = await job.action({ entry: main, inputs })
  expect(login.conclusion, login.log).toBe('success')
  const { state } = login
  // Before its world goes: what stays ends, and leaves no folder.
  if (state['process'] !== undefined) {
    test.onTestFinished(async () => {
      const ended = await job.action({ entry: post, state })
      expect([ended.stdout, existsSync(state['folder'] ?? '')]).toEqual(['', false])
    })
  }
  return { ...world, job }
}

/** How a program stays logged in: the login of its job, with tokens that end twice in a case, and what stands before it. */
export interface Way {
  readonly logIn: (test: TestContext, options?: LoginOptions) => Promise<LoggedIn>
  readonly prefix: string
}

const way = (prefix: string, own: LoginOptions = {}): Way => ({
  prefix,
  logIn: (test, options) => loggedIn(test, { tokenSeconds: SHORT, ...options, ...own }),
})

export const underExec = way('databricks-token exec -- ')
export const underOauth = way('databricks-token exec --auth oauth-m2m -- ')
export const staying = way('', { inputs: { stay_logged_in: 'true' } })
/** The policies name the account id as their audience: no client would ask for it, and so the action has to find it. */
export const official = way('', { official: true })

/** Copies a file of `clients/programs/` to where the job's steps run. */
export const bring = ({ runner }: World, ...names: readonly string[]): void => {
  for (const name of names) {
    const from = join(import.meta.dirname, 'programs', name)
    cpSync(from, join(runner.workspace, name), { recursive: true })
  }
}

/** Programs by absolute path: nothing of the machine's own comes in between. */
export const python = placeOf('python', 'python')
export const node = process.execPath

/** Runs a step to its end and shows its log if it failed. */
export async function stepOf(job: Job, script: string, timeoutSeconds = 120): Promise<StepResult> {
  const step = await job.run(script, { timeoutSeconds })
  expect(step.conclusion, step.log).toBe('success')
  return step
}

/** What a program wrote, each line once. */
export const differentLines = ({ stdout }: StepResult): string[] => [
  ...new Set(stdout.split('\n').filter((line) => line !== '')),
]

/**
 * When each login was granted, in epoch seconds. On a machine that is busy an exchange may be sent twice; it is one
 * login by its subject token.
 */
export function loginsAt({ exchanges }: Workspace): number[] {
  const granted = exchanges.filter(({ status }) => status === 200)
  const times = new Map(granted.map(({ form, at }) => [form['subject_token'], at]))
  return [...times.values()]
}

/**
 * That a program outlived two tokens, with a login for each end, and no more logins than that.
 *
 * @param shortest seconds between two logins. A token is renewed when half of its life is over; that life began when
 *   GitHub issued the token before it
 */
export function expectTwoRenewals(workspace: Workspace, shortest = SHORT / 2 - 15): void {
  const times = loginsAt(workspace)
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  expect(times.length).toBeGreaterThanOrEqual(3)
  expect(gaps.filter((gap) => gap < shortest)).toEqual([])
  expect(workspace.exchanges.filter(({ status }) => status !== 200)).toEqual([])
}

/**
 * That a client has logged in by itself for as long as it worked: at once, and for each of two ends. And that it did so
 * with the audience that the action found: without it the same policy refuses the client.
 */
export async function expectOwnLogins({ job, production }: LoggedIn, script: string): Promise<void> {
  const { exchanges } = production
  // One more is the login step's.
  expect(loginsAt(production).length).toBeGreaterThanOrEqual(4)
  const { length } = exchanges
  const step = await job.run(`unset DATABRICKS_TOKEN_AUDIENCE TOKEN_AUDIENCE\n${script}`, { timeoutSeconds: 60 })
  expect(step.conclusion, step.log).toBe('failure')
  const statuses = exchanges.map(({ status }) => status)
  expect([new Set(statuses.slice(0, length)), new Set(statuses.slice(length))]).toEqual([
    new Set([200]),
    new Set([400]),
  ])
}
