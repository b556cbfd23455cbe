import type { Runner } from '../../sandbox/github-runner.ts'
import { type Job, startJob } from '../../sandbox/job.ts'
import type { StepResult } from '../../sandbox/run-step.ts'
import { inRepository } from '../support/repository.ts'
import { type Contexts, resolveAll, resolveExpressions } from './expressions.ts'
import { isOurs, type Step, type WorkflowJob } from './workflow.ts'

const entries = { main: inRepository('dist', 'main', 'index.js'), post: inRepository('dist', 'post', 'index.js') }

/** Shell scripts in place of other actions, by name; each is run as the step that uses the action. */
export type StandIns = Readonly<Record<string, string>>

export interface RanJob {
  readonly job: Job
  /** Of each step, in order. A step that failed is the last. */
  readonly results: readonly StepResult[]
  /** Of the steps of this action alone. */
  readonly logins: readonly StepResult[]
}

interface RunJobOptions {
  readonly runner: Runner
  /** `vars` and `secrets`. */
  readonly contexts: Contexts
  readonly standIns: StandIns
  /** What the runner adds to the job's environment. */
  readonly environment?: Readonly<Record<string, string>>
}

function scriptOf({ run, uses = '' }: Step, contexts: Contexts, standIns: StandIns): string {
  const script = run === undefined ? standIns[uses.split('@')[0] ?? ''] : resolveExpressions(run, contexts)
  if (script === undefined) throw new Error(`nothing stands in for ${uses}`)
  return script
}

/**
 * Runs the steps of a job as a runner does: this action from dist/, scripts in a shell, the post steps last.
 */
export async function runJob(written: WorkflowJob, options: RunJobOptions): Promise<RanJob> {
  const { runner, contexts, standIns, environment: added } = options
  const steps: Record<string, { outputs: StepResult['outputs'] }> = {}
  const known = { ...contexts, steps }
  const job = startJob(runner, { ...added, ...resolveAll(written.env, known) })
  const results: StepResult[] = []
  const logins: StepResult[] = []
  for (const step of written.steps) {
    const environment = resolveAll(step.env, known)
    const inputs = resolveAll(step.with, known)
    const result = isOurs(step)
      ? await job.action({ entry: entries.main, inputs, environment })
      : await job.run(scriptOf(step, known, standIns), { environment })
    results.push(result)
    if (isOurs(step)) logins.push(result)
    if (step.id !== undefined) steps[step.id] = result
    if (result.conclusion === 'failure') break
  }
  for (const { state } of logins.toReversed()) await job.action({ entry: entries.post, state })
  return { job, results, logins }
}
