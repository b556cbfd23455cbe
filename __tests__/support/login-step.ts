import { join } from 'node:path'
import { type Job, startJob } from '../../sandbox/job.ts'
import type { StepOptions, StepResult } from '../../sandbox/run-step.ts'
import { clientId, type Pair } from './federated.ts'

const entry = join(import.meta.dirname, '..', '..', 'dist', 'main', 'index.js')

/** What a workflow gives the action for a workspace. */
export const inputsFor = ({ workspace }: Pair): Record<string, string> => ({
  host: workspace.host,
  account_id: workspace.accountId,
  identity_federation_client_id: clientId,
})

/** A login step as a workflow has it, in a job of its own unless one is given. */
export function loginStep(
  pair: Pair,
  inputs: Readonly<Record<string, string>> = inputsFor(pair),
  options: StepOptions = {},
  job: Job = startJob(pair.runner),
): Promise<StepResult> {
  return job.action({ entry, inputs, ...options })
}

const isMask = (line: string): boolean => line.startsWith('::add-mask::')
const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** The lines of a step that are no masks. */
export const spokenLines = ({ stdout }: StepResult): string[] => linesOf(stdout).filter((line) => !isMask(line))

/** What a step masked, in order. */
export const masksOf = ({ stdout }: StepResult): string[] =>
  linesOf(stdout)
    .filter(isMask)
    .map((line) => line.slice('::add-mask::'.length))

/** Everything that later steps could find of a step. */
export const exportsOf = ({ outputs, env, path, state }: StepResult) => ({ outputs, env, path, state })
export const nothing = { outputs: {}, env: {}, path: [], state: {} }

/** Every request that a login made, the runner's first. */
export const requestsOf = ({ runner, workspace }: Pair): string[] =>
  [...runner.requests, ...workspace.requests].map(({ method, url }) => `${method} ${url.pathname}`)
