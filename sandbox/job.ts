import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Runner } from './github-runner.ts'
import { createMasks, type Masks } from './masks.ts'
import { runStep, type StepOptions, type StepResult } from './run-step.ts'
import { plainBash, type Shell } from './shells.ts'

export interface ActionStep extends StepOptions {
  /** The JavaScript file that action.yml names. */
  readonly entry: string
  /** As written under `with:`. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
  /** What the action's main entry saved; its post entry is given it as `STATE_*`. */
  readonly state?: Readonly<Record<string, string>> | undefined
}

/** The steps of one job, one after the other: environment, path and masks go from each to the next. */
export interface Job {
  action(step: ActionStep): Promise<StepResult>
  /** Runs a script as a `run:` step does; by default one for `bash -e <file>`. */
  run(script: string, options?: StepOptions, shell?: Shell): Promise<StepResult>
  /** Set by the steps so far, through GITHUB_ENV. */
  readonly environment: Readonly<Record<string, string>>
  /** Folders that the steps so far put before `PATH`, the last first. */
  readonly path: readonly string[]
  /** The log of every step so far. */
  log(): string
  /** Another job on the same runner, with all that came of the steps so far. */
  copy(): Job
}

/**
 * Starts a job on a runner.
 *
 * @param environment the job's `env:`
 */
export function startJob(runner: Runner, environment: Readonly<Record<string, string>> = {}): Job {
  const masks = createMasks(runner.requestToken)
  return goOn(runner, { carried: { ...environment }, path: [], masks, logs: [] })
}

/** What goes from each step to the next. */
interface JobState {
  /** The environment. */
  readonly carried: Record<string, string>
  readonly path: string[]
  readonly masks: Masks
  readonly logs: string[]
}

function goOn(runner: Runner, { carried, path, masks, logs }: JobState): Job {
  async function step(
    command: readonly [string, ...string[]],
    heading: readonly string[],
    options: StepOptions,
    given: Readonly<Record<string, string>> = {},
  ): Promise<StepResult> {
    const own = runner.environment()
    const PATH = [...path, process.env['PATH'] ?? ''].join(delimiter)
    const shown = { ...carried, ...options.environment }
    const result = await runStep({
      ...options,
      environment: { PATH, ...carried, ...own, ...options.environment, ...given },
      command,
      files: own,
      folder: runner.workspace,
      masks,
      heading: [...heading, ...listed('env:', shown)],
    })
    Object.assign(carried, result.env)
    const older = path.filter((folder) => !result.path.includes(folder))
    path.splice(0, path.length, ...result.path, ...older)
    logs.push(result.log)
    return result
  }

  return {
    action({ entry, inputs = {}, state = {}, ...options }) {
      const given = { ...prefixed('INPUT_', inputs, inputName), ...prefixed('STATE_', state) }
      const heading = [`Run ${entry}`, ...listed('with:', inputs)]
      return step([process.execPath, ...nodeFlags(), entry], heading, options, given)
    },
    run(script, options = {}, { name, extension, scriptFor, commandFor } = plainBash) {
      const file = join(runner.temp, `${randomUUID()}${extension}`)
      writeFileSync(file, scriptFor(script))
      const [first = '', ...others] = script.trim().split('\n')
      return step(commandFor(file), [`Run ${first}`, ...others, `shell: ${name}`], options)
    },
    environment: carried,
    path,
    log: () => logs.join(''),
    copy: () => goOn(runner, { carried: { ...carried }, path: [...path], masks: masks.copy(), logs: [...logs] }),
  }
}

/** Runs one action on a job of its own. */
export function runAction({ runner, ...step }: ActionStep & { readonly runner: Runner }): Promise<StepResult> {
  return startJob(runner).action(step)
}

// While coverage is measured, what an action leaves behind is started with the flags of its Node, and without NODE_OPTIONS.
export function nodeFlags(): string[] {
  const { NODE_V8_COVERAGE, NODE_OPTIONS = '' } = process.env
  return NODE_V8_COVERAGE === undefined ? [] : NODE_OPTIONS.split(' ').filter((flag) => flag.startsWith('--import='))
}

const inputName = (name: string): string => name.replaceAll(' ', '_').toUpperCase()

function prefixed(prefix: string, pairs: Readonly<Record<string, string>>, rename = (name: string) => name) {
  return Object.fromEntries(Object.entries(pairs).map(([name, value]) => [prefix + rename(name), value]))
}

// The runner prints what a step was given before it starts, masked by what is registered by then.
function listed(title: string, pairs: Readonly<Record<string, string | undefined>>): string[] {
  const lines = Object.entries(pairs).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value}`]))
  return lines.length > 0 ? [title, ...lines] : []
}
