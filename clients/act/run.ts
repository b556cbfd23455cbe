import { rmSync } from 'node:fs'
import { parse } from 'yaml'
import { OURS_PINNED } from '../../__tests__/docs/workflow.ts'
import { applicationId, type World } from '../world.ts'
import { addCommit, type Files, makeFolder } from './checkout.ts'
import { standIn } from './stand-ins.ts'
import { type ActRun, startAct, withActions } from './start.ts'

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
  /** `vars.*` of the repository; those of a world by default. */
  readonly variables?: Readonly<Record<string, string>> | undefined
  /** What starts it; the first event of the workflow by default. */
  readonly event?: string | undefined
  /** More words of act's command line. */
  readonly more?: readonly string[] | undefined
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

/** Runs a workflow with act in host mode, in an environment of its own, with the action from this checkout. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  const { world, workflow, files = {}, standIns = {}, path, timeoutSeconds, more, event = eventOf(workflow) } = options
  const folder = makeFolder({ ...files, '.github/workflows/run.yml': workflow }, { withAction: true })
  addCommit(folder)
  const published = makeFolder({}, { withAction: true })
  const scripts = Object.entries(standIns).map(([action, script]) => [action, standIn({ script })] as const)
  try {
    return await withActions(Object.fromEntries(scripts), (others) =>
      startAct({
        folder,
        workflow: '.github/workflows/run.yml',
        event,
        repository: world.runner.claims.repository,
        actions: { [OURS_PINNED]: published, ...others },
        variables: options.variables ?? variablesOf(world),
        environment: environmentOf(options),
        path,
        more,
        timeoutSeconds,
      }),
    )
  } finally {
    for (const made of [folder, published]) rmSync(made, { recursive: true, force: true })
  }
}

/** The first event that starts a workflow. */
function eventOf(workflow: string): string {
  const { on } = parse(workflow)
  return typeof on === 'string' ? on : String(Array.isArray(on) ? on[0] : Object.keys(on)[0])
}

function environmentOf({ world, environment }: ActOptions): Readonly<Record<string, string>> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } =
    world.runner.environment()
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: url,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
    ...world.way,
    ...environment,
  }
}
