import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { OURS_PINNED } from '../../__tests__/docs/workflow.ts'
import { runProcess } from '../../sandbox/run-process.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId, type World } from '../world.ts'
import { addCommit, type Files, makeFolder } from './checkout.ts'
import { type ActLog, readLog } from './log.ts'

export interface ActOptions {
  readonly world: World
  /** YAML of a workflow. */
  readonly workflow: string
  /** What else the repository holds. */
  readonly files?: Files | undefined
  /** Other actions, by `owner/name@ref`: the shell script that stands for each. */
  readonly standIns?: Readonly<Record<string, string>> | undefined
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Folders before PATH. */
  readonly path?: readonly string[] | undefined
  readonly timeoutSeconds?: number | undefined
}

export interface ActRun extends ActLog {
  readonly exitCode: number | null
  /** Names of what a failed job left in RUNNER_TEMP; act removes that folder after any other. */
  readonly leftInTemp: readonly string[]
}

/** The variables that a repository of a world holds: `vars.*` in its workflows. */
const variablesOf = ({ production, staging }: World): Readonly<Record<string, string>> => ({
  DATABRICKS_HOST: production.host,
  DATABRICKS_ACCOUNT_ID: production.accountId,
  DATABRICKS_CLIENT_ID: applicationId,
  DATABRICKS_WAREHOUSE_ID: production.warehouseId,
  WAREHOUSE_ID: production.warehouseId,
  DATABRICKS_HTTP_PATH: `/sql/1.0/warehouses/${production.warehouseId}`,
  STAGING_HOST: staging.host,
  STAGING_CLIENT_ID: applicationId,
})

const standIn = (script: string): Files => ({
  'action.yml': JSON.stringify({
    name: 'stands for another action',
    runs: { using: 'composite', steps: [{ run: script, shell: 'bash' }] },
  }),
})

type LocalAction = readonly [action: string, folder: string]

const parametersOf = ({ world, workflow }: ActOptions, checkout: string, local: readonly LocalAction[]) => [
  eventOf(workflow),
  ...['-C', checkout, '-W', '.github/workflows/run.yml', '--json', '--actor', 'octocat'],
  ...['-P', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--action-offline-mode'],
  ...local.flatMap(([action, folder]) => ['--local-repository', `${action}=${folder}`]),
  ...Object.entries(variablesOf(world)).flatMap(([name, value]) => ['--var', `${name}=${value}`]),
  ...['--env', `GITHUB_REPOSITORY=${world.runner.claims.repository}`],
]

/** Runs a workflow with act in host mode, in an environment of its own, with the action from this checkout. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  const { workflow, standIns = {}, files = {}, timeoutSeconds = 120 } = options
  const checkout = makeFolder({ ...files, '.github/workflows/run.yml': workflow }, { withAction: true })
  addCommit(checkout)
  const published = makeFolder({}, { withAction: true })
  const others = Object.entries(standIns).map(
    ([action, script]): LocalAction => [action, makeFolder(standIn(script), { withAction: false })],
  )
  const home = makeFolder({}, { withAction: false })
  const cache = join(home, 'cache')
  mkdirSync(cache)
  const local: LocalAction[] = [[OURS_PINNED, published], ...others]
  try {
    const ended = await runProcess(
      {
        command: [join(placeOf('checks'), 'act'), ...parametersOf(options, checkout, local)],
        environment: { ...environmentOf(options), HOME: home, XDG_CACHE_HOME: cache },
        folder: checkout,
        timeoutSeconds,
      },
      () => undefined,
    )
    return { ...readLog(ended.stdout + ended.stderr), exitCode: ended.exitCode, leftInTemp: tempsIn(cache) }
  } finally {
    for (const folder of [checkout, published, home, ...others.map(([, path]) => path)]) {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** The first event that starts a workflow. */
function eventOf(workflow: string): string {
  const { on } = parse(workflow)
  return typeof on === 'string' ? on : String(Array.isArray(on) ? on[0] : Object.keys(on)[0])
}

// Steps see all of it, and nothing else of the machine's own environment.
function environmentOf({ world, environment, path = [] }: ActOptions): Readonly<Record<string, string>> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } =
    world.runner.environment()
  return {
    PATH: [...path, dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    ...{ ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token },
    ...world.way,
    ...environment,
  }
}

function tempsIn(cache: string): string[] {
  const jobs = join(cache, 'act')
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
