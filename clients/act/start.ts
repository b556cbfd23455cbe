import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { runProcess } from '../../sandbox/run-process.ts'
import { placeOf } from '../setup/parts.ts'
import { type Files, makeFolder } from './checkout.ts'
import { type ActLog, readLog } from './log.ts'

export interface ActCall {
  /** The repository, with at least one commit. */
  readonly folder: string
  /** Path of the workflow in it. */
  readonly workflow: string
  readonly event: string
  /** `owner/name` of the repository. */
  readonly repository: string
  /** Folders of other actions, by `owner/name@ref`. */
  readonly actions: Readonly<Record<string, string>>
  /** `vars.*` of the repository. */
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** All that steps see, beside PATH, and nothing else of the machine's own environment. */
  readonly environment: Readonly<Record<string, string>>
  /** Folders before PATH. */
  readonly path?: readonly string[] | undefined
  /** More words of act's command line. */
  readonly more?: readonly string[] | undefined
  readonly timeoutSeconds?: number | undefined
}

export interface ActRun extends ActLog {
  readonly exitCode: number | null
  /** Names of what a failed job left in RUNNER_TEMP; act removes that folder after any other. */
  readonly leftInTemp: readonly string[]
}

const pairs = (option: string, entries: Readonly<Record<string, string>>): string[] =>
  Object.entries(entries).flatMap(([name, value]) => [option, `${name}=${value}`])

const parametersOf = ({ folder, workflow, event, repository, actions, variables = {}, more = [] }: ActCall) => [
  event,
  '-C',
  folder,
  '-W',
  workflow,
  '--json',
  '--actor',
  'octocat',
  '-P',
  'ubuntu-latest=-self-hosted',
  '--no-cache-server',
  '--action-offline-mode',
  ...pairs('--local-repository', actions),
  ...pairs('--var', variables),
  '--env',
  `GITHUB_REPOSITORY=${repository}`,
  ...more,
]

/** Runs a workflow with act in host mode, in a home of its own. */
export async function startAct(call: ActCall): Promise<ActRun> {
  const { folder, environment, path = [], timeoutSeconds = 240 } = call
  const home = makeFolder({}, { withAction: false })
  const cache = join(home, 'cache')
  mkdirSync(cache)
  const PATH = [...path, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
  try {
    const ended = await runProcess(
      {
        command: [join(placeOf('checks'), 'act'), ...parametersOf(call)],
        environment: { ...environment, PATH, HOME: home, XDG_CACHE_HOME: cache },
        folder,
        timeoutSeconds,
      },
      () => undefined,
    )
    return { ...readLog(ended.stdout + ended.stderr), exitCode: ended.exitCode, leftInTemp: tempsIn(cache) }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Runs a body with a folder for each action that something stands for, by `owner/name@ref`. */
export async function withActions<T>(
  files: Readonly<Record<string, Files>>,
  body: (actions: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const entries = Object.entries(files).map(
    ([action, its]) => [action, makeFolder(its, { withAction: false })] as const,
  )
  try {
    return await body(Object.fromEntries(entries))
  } finally {
    for (const [, folder] of entries) rmSync(folder, { recursive: true, force: true })
  }
}

function tempsIn(cache: string): string[] {
  const jobs = join(cache, 'act')
  // A run that has not begun has left nothing.
  if (!existsSync(jobs)) return []
  return readdirSync(jobs, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const temp = join(jobs, name, 'tmp')
      try {
        return readdirSync(temp)
      } catch {
        // A job that has not got so far has no such folder.
        return []
      }
    })
}
