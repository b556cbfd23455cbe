import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from '../../sandbox/faults/cases.ts'
import { applicationId, type Laboratory } from '../../sandbox/faults/laboratory.ts'
import { type ActionStep, runAction } from '../../sandbox/job.ts'
import type { StepResult } from '../../sandbox/run-step.ts'

const entry = join(import.meta.dirname, '..', '..', 'dist', 'main', 'index.js')

/** A login step that has ended, with what it may have left behind. */
export interface EndedLogin extends StepResult {
  /** Whether a process that it started still runs. */
  leftProcess: boolean
  /** Names of folders of this action in RUNNER_TEMP. */
  leftFolders: string[]
}

const foldersOf = (temporary: string): string[] =>
  readdirSync(temporary).filter((name) => name.startsWith('databricks-token'))

function groupLives(leader: number | undefined): boolean {
  try {
    return leader !== undefined && process.kill(-leader, 0)
  } catch {
    return false
  }
}

/** Runs dist/ as the runner does, against a laboratory. */
export async function runLogin(
  { runner, workspace, environment }: Laboratory,
  step: Partial<ActionStep> = {},
): Promise<EndedLogin> {
  let leader: number | undefined
  const before = foldersOf(runner.temp)
  const result = await runAction({
    runner,
    entry,
    ...step,
    environment: { RUNNER_DEBUG: '1', ...environment, ...step.environment },
    inputs: {
      host: workspace.host,
      account_id: workspace.accountId,
      identity_federation_client_id: applicationId,
      ...step.inputs,
    },
    started: (child) => {
      leader = child.pid
      step.started?.(child)
    },
  })
  const leftFolders = foldersOf(runner.temp).filter((name) => !before.includes(name))
  return { ...result, leftProcess: groupLives(leader), leftFolders }
}

/** The same under a fault. */
export async function runUnder(laboratory: Laboratory, { fault, leg, repetition }: Case): Promise<EndedLogin> {
  await laboratory.reset()
  fault.put(laboratory, leg, repetition)
  const seconds = String(fault.timeoutSeconds ?? 20)
  return runLogin(laboratory, { inputs: { timeout_seconds: seconds } })
}
