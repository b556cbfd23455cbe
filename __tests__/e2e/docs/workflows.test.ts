import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Runner } from '../../../sandbox/github-runner.ts'
import { defaultAccountId } from '../../../sandbox/workspace.ts'
import { writeCommand } from '../../docs/called.ts'
import { resolveAll, resolveExpressions } from '../../docs/expressions.ts'
import { type Block, blocksOf } from '../../docs/markdown.ts'
import { dbtBuilt, loggedInProgram } from '../../docs/programs.ts'
import { runJob } from '../../docs/run-job.ts'
import { isWorkflow, onlyJob, type WorkflowJob } from '../../docs/workflow.ts'
import { applicationIds, startWorld, variablesFor } from '../../docs/world.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { hasSqlite } from '../../support/sql-job.ts'

afterEach(cleanUp)

const pages = ['docs/migrate.md', 'docs/rollout.md']
const workflows = pages
  .flatMap(blocksOf)
  .filter(({ language, notRun, text }) => language === 'yaml' && notRun === undefined && isWorkflow(parse(text)))

interface Expected {
  readonly environments: readonly string[]
  readonly prints: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  readonly event?: string
}

const nightly = { 'queries/nightly.sql': 'SELECT 6 * 7 AS answer\n' }

/** By page, heading and name: what a workflow finds in its repository, and what it shows. */
const expected: Readonly<Record<string, Expected>> = {
  'docs/migrate.md, From a stored token: Build': { environments: ['prod'], prints: [dbtBuilt] },
  'docs/rollout.md, A reusable workflow and its caller: Nightly': {
    environments: ['prod'],
    prints: ['42'],
    files: nightly,
    event: 'schedule',
  },
  'docs/rollout.md, A matrix over dev, staging, production: Every stage': {
    environments: ['dev', 'staging', 'production'],
    prints: [applicationIds.production],
  },
}

const isReusable = ({ text }: Block): boolean => 'workflow_call' in Object(parse(text).on)
const nameOf = ({ page, section, text }: Block): string => `${page}, ${section}: ${parse(text).name}`
const cases = workflows.filter((block) => !isReusable(block)).map((block) => ({ name: nameOf(block), block }))

test('every workflow that is not marked as one that cannot be run is run here', () => {
  expect(cases.map(({ name }) => name)).toEqual(Object.keys(expected))
})

/** The job that runs in the end, with the inputs that it is called with. */
function jobOf(block: Block): { job: WorkflowJob; inputs: Readonly<Record<string, string>>; grants: boolean } {
  const job = onlyJob(block.text)
  const grants = job.permissions?.['id-token'] === 'write'
  if (job.uses === undefined) return { job, inputs: {}, grants }
  const called = workflows.find((other) => isReusable(other) && other.section === block.section)
  if (called === undefined) throw new Error(`the page does not show ${job.uses}`)
  const inner = onlyJob(called.text)
  // A called job has what both grant.
  return { job: inner, inputs: job.with ?? {}, grants: grants && inner.permissions?.['id-token'] === 'write' }
}

const combinationsOf = ({ strategy }: WorkflowJob): Record<string, string>[] =>
  Object.entries(strategy?.matrix ?? {}).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )

function checkOut(runner: Runner, files: Readonly<Record<string, string>> = {}): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(runner.workspace, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return 'ls'
}

async function runOnce(block: Block, { files, event }: Expected, matrix: Readonly<Record<string, string>>) {
  const { job, inputs, grants } = jobOf(block)
  const environment = resolveExpressions(job.environment ?? '', { matrix })
  const subject = `repo:my-org/my-repo:environment:${environment}`
  const issuer = 'https://token.actions.githubusercontent.com'
  const world = await startWorld({
    policy: { id: environment, issuer, audiences: [defaultAccountId], subject },
    isGithub: true,
    idTokenPermission: grants,
    claims: { environment, event_name: event },
  })
  const folder = join(world.runner.temp, 'programs')
  writeCommand(folder, 'dbt', loggedInProgram)
  const contexts = { vars: variablesFor(world), matrix, inputs: resolveAll(inputs, { matrix }) }
  const ran = await runJob(
    { ...job, steps: [{ run: `echo '${folder}' >> "$GITHUB_PATH"` }, ...job.steps] },
    { runner: world.runner, contexts, standIns: { 'actions/checkout': checkOut(world.runner, files) } },
  )
  return { ...ran, environment }
}

const hasBash = spawnSync('bash', ['--version']).status === 0
const needsSql = (block: Block) => jobOf(block).job.steps.some(({ run }) => run?.includes('databricks-token sql'))
const runnable = cases.filter(({ block }) => hasSqlite || !needsSql(block))

describe.runIf(hasBash && process.platform !== 'win32')('against the sandbox', () => {
  test.for(runnable)('$name', async ({ name, block }) => {
    const { environments, ...rest } = expected[name] ?? { environments: [], prints: [] }
    const ran: string[] = []
    for (const matrix of combinationsOf(onlyJob(block.text))) {
      const { job, results, environment } = await runOnce(block, { environments, ...rest }, matrix)
      const log = job.log()
      expect(
        results.map(({ conclusion }) => conclusion),
        log,
      ).not.toContain('failure')
      for (const text of rest.prints) expect(log).toContain(text)
      expect(wholeTokensIn(log)).toEqual([])
      ran.push(environment)
    }
    expect(ran).toEqual(environments)
  })
})
