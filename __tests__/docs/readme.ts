import { join } from 'node:path'
import { parse } from 'yaml'
import { defaultAccountId, defaultWorkspaceId } from '../../sandbox/workspace.ts'
import { type Called, runWithStandIns, writeCommand } from './called.ts'
import { blocksOf } from './markdown.ts'
import { policyAmong } from './policies.ts'
import { dbt } from './programs.ts'
import { type RanJob, runJob } from './run-job.ts'
import { onlyJob, type Step, stepsIn } from './workflow.ts'
import { applicationIds, startWorld, type World } from './world.ts'

const blocks = blocksOf('README.md')
const textsOf = (section: string, language: string) =>
  blocks.filter((block) => block.section === section && block.language === language).map(({ text }) => text)

/** What a reader writes in place of the words in capitals. */
export const values = {
  ACCOUNT_ID: defaultAccountId,
  WORKSPACE_ID: defaultWorkspaceId,
  WAREHOUSE_ID: '7d0c1f5b9a3e2486',
}

let once: Promise<Called[]> | undefined

/** Runs the set-up of the README as one paste; once for all who ask. */
export function runSetUp(): Promise<Called[]> {
  once ??= pasteSetUp()
  return once
}

function pasteSetUp(): Promise<Called[]> {
  const script = textsOf('Set up Databricks', 'sh')
    .join('')
    .replace(/(?<==)(ACCOUNT_ID|WORKSPACE_ID|WAREHOUSE_ID)$/gm, (word) => values[word as keyof typeof values])
  return runWithStandIns(script)
}

/** The variables that the set-up gives the workflow. */
export const variablesIn = (called: readonly Called[]): Record<string, string> =>
  Object.fromEntries(
    called
      .filter(({ command }) => command === 'variable set')
      .map(({ arguments: [name = ''], flags }) => [name, flags['--body'] ?? '']),
  )

// Of a repository made since July 2026, as the stand-in of the GitHub CLI says.
const claims = { sub: 'repo:my-org@65/my-repo@74:environment:prod' }

/** Starts a workspace that knows what the set-up has told it, and nothing else. */
export async function startAsSetUp(called: readonly Called[]): Promise<World> {
  return startWorld({
    ...{ policy: policyAmong(called), isGithub: true, idTokenPermission: true, claims },
    ...{ publicUrl: variablesIn(called)['DATABRICKS_HOST'], members: [applicationIds.production] },
  })
}

/** The steps of the README's workflow, and of what it says to add to it. */
export function stepsOfReadme(): { all: readonly Step[]; added: readonly Step[] } {
  const [workflow = '', fragment = ''] = textsOf('Use it', 'yaml')
  return { all: onlyJob(workflow).steps, added: stepsIn(parse(fragment)) }
}

// The program of a step is one that the reader has; here it lies in a folder.
const onPath = (step: Step, folder: string): Step => ({ ...step, run: `PATH="${folder}:$PATH"\n${step.run}` })

/** Runs the workflow of the README, with the step that it says to add. */
export function runWorkflow(world: World, vars: Readonly<Record<string, string>>): Promise<RanJob> {
  const [workflow = ''] = textsOf('Use it', 'yaml')
  const { all, added } = stepsOfReadme()
  const folder = join(world.runner.temp, 'programs')
  writeCommand(folder, 'dbt', dbt)
  return runJob(
    { ...onlyJob(workflow), steps: [...all, ...added.map((step) => onPath(step, folder))] },
    { runner: world.runner, contexts: { vars }, environment: world.way, standIns: {} },
  )
}
