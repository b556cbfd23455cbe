import { join } from 'node:path'
import type { EndedProcess } from '../../sandbox/run-process.ts'
import { defaultAccountId, defaultWorkspaceId } from '../../sandbox/workspace.ts'
import {
  newMachine,
  nextWords,
  prod,
  type World as SetUpWorld,
  startWorld as startSetUpWorld,
} from '../set-up/world.ts'
import { writeCommand } from './called.ts'
import { blocksOf } from './markdown.ts'
import { loggedInProgram } from './programs.ts'
import { type RanJob, runJob } from './run-job.ts'
import { onlyJob } from './workflow.ts'
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

/** Who has set up everything as the README says, on machines of their own. */
export interface SetUp {
  readonly world: SetUpWorld
  readonly ended: readonly EndedProcess[]
}

const hints: Readonly<Record<string, string>> = { ...values, WORKSPACE: `https://${prod.host}` }

// What a reader fills in stands in capitals.
const filledIn = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/(?<==)[A-Z_]+$/, (hint) => hints[hint] ?? hint))

/** Runs the lines of the README, then each line that they print for the next person. */
export async function runSetUp(): Promise<SetUp> {
  const world = await startSetUpWorld()
  // Of a repository made since July 2026.
  world.github.add('my-org/my-repo', { subject: { use_default: true, sub_claim_prefix: 'repo:my-org@65/my-repo@74' } })
  const [script = ''] = textsOf('Set up Databricks', 'sh')
  const lines = [...script.matchAll(/^sh set-up\.sh (.+)$/gm)].map(([, line = '']) => line.split(' '))
  const machine = newMachine(world)
  const ended: EndedProcess[] = []
  for (const words of lines) ended.push(await machine.run(words))
  for (let last = ended.at(-1); last?.stdout.includes('\nsh set-up.sh '); last = ended.at(-1)) {
    const reads = ['catalog=main', 'schema=analytics'].filter((word) => !last?.stdout.includes(word))
    ended.push(await newMachine(world).run([...filledIn(nextWords(last)), ...reads, '--apply']))
  }
  return { world, ended }
}

/** The variables that the set-up gives the workflow. */
export const variablesIn = ({ world }: SetUp): Record<string, string> =>
  Object.fromEntries(world.github.repositories.get('my-org/my-repo')?.environments.get('prod')?.variables ?? [])

const claims = { sub: 'repo:my-org@65/my-repo@74:environment:prod' }

/** Starts a workspace that knows what the set-up has told it, and nothing else. */
export async function startAsSetUp(setUp: SetUp): Promise<World> {
  const { policy_id: id = '', oidc_policy: oidc = {} } = setUp.world.databricks.principals[0]?.policies[0] ?? {}
  const { issuer, subject, audiences } = oidc
  if (!isText(issuer) || !isText(subject) || !Array.isArray(audiences)) throw new Error('no policy has been made')
  return startWorld({
    policy: { id, issuer, subject, audiences },
    isGithub: true,
    idTokenPermission: true,
    claims,
    publicUrl: variablesIn(setUp)['DATABRICKS_HOST'],
    members: [applicationIds.production],
  })
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** Runs the workflow that the README begins with. */
export function runWorkflow(world: World, vars: Readonly<Record<string, string>>): Promise<RanJob> {
  const [workflow = ''] = textsOf('Use it', 'yaml')
  const folder = join(world.runner.temp, 'programs')
  for (const name of ['databricks', 'dbt']) writeCommand(folder, name, loggedInProgram)
  writeCommand(folder, 'pip', '#!/bin/sh\n')
  const job = onlyJob(workflow)
  return runJob(
    { ...job, steps: [{ run: `echo '${folder}' >> "$GITHUB_PATH"` }, ...job.steps] },
    {
      runner: world.runner,
      contexts: { vars },
      environment: world.way,
      standIns: { 'actions/checkout': 'true', 'databricks/setup-cli': 'true' },
    },
  )
}

/** Runs the workflow that the README shows to those who have no account admin, and then asks for a token. */
export function runDryRun(world: World): Promise<RanJob> {
  const [workflow = ''] = textsOf('Set up Databricks', 'yaml')
  const job = onlyJob(workflow)
  return runJob(
    { ...job, steps: [...job.steps, { run: 'databricks-token' }] },
    { runner: world.runner, contexts: { vars: {} }, environment: world.way, standIns: {} },
  )
}
