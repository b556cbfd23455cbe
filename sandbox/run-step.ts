import {
  CommandFileError,
  type CommandFiles,
  readEnvironment,
  readIfThere,
  readPairs,
  readPath,
} from './command-files.ts'
import type { Masks } from './masks.ts'
import { type EndedProcess, type ProcessOptions, runProcess } from './run-process.ts'
import { createStepLog } from './step-log.ts'

export interface StepOptions extends Pick<ProcessOptions, 'timeoutSeconds' | 'started'> {
  /** The step's `env:`. It wins over the runner's own variables; `undefined` takes one of them away. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
}

export interface StepCommand extends ProcessOptions {
  /** The runner's command files for this step, which it reads whatever the environment says. */
  readonly files: CommandFiles
  readonly masks: Masks
  /** What the runner prints before it starts the step. */
  readonly heading: readonly string[]
}

export interface StepResult extends EndedProcess {
  /** `failure` also for exit code 0 with a command, or a command file, that the runner refuses. */
  readonly conclusion: 'success' | 'failure'
  /** As a person sees it, masks applied. */
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  /** Folders for the front of `PATH`, in its order. */
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
}

/**
 * Runs a step's process in exactly the environment it is given and reads its command files afterwards, even
 * those of a step that failed, as the runner does.
 */
export async function runStep(step: StepCommand): Promise<StepResult> {
  const log = createStepLog(step.masks, step.environment['RUNNER_DEBUG'] === '1')
  for (const line of step.heading) log.write(line)
  const ended = await runProcess(step, log.line)
  if (ended.exitCode !== 0) log.write(`Error: Process completed with exit code ${ended.exitCode ?? ended.signal}.`)

  const { files } = step
  let failed = log.hasFailed() || ended.exitCode !== 0
  const readOrFail = <T>(name: string, read: () => T, nothing: T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof CommandFileError)) throw error
      log.write(`Error: Unable to process file command '${name}' successfully.`)
      log.write(`Error: ${error.message}`)
      failed = true
      return nothing
    }
  }
  const env = readOrFail('env', () => readEnvironment(files.GITHUB_ENV), {})
  const path = readOrFail('path', () => readPath(files.GITHUB_PATH), [])
  const outputs = readOrFail('output', () => readPairs(files.GITHUB_OUTPUT), {})
  const state = readOrFail('state', () => readPairs(files.GITHUB_STATE), {})
  const summary = step.masks.apply(readIfThere(files.GITHUB_STEP_SUMMARY))
  return {
    ...ended,
    env,
    path,
    summary,
    outputs: { ...log.outputs, ...outputs },
    state: { ...log.state, ...state },
    conclusion: failed ? 'failure' : 'success',
    log: log.text(),
  }
}
