import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { parse } from 'yaml'
import { type Block, blocksOf, pages, readPage, recipePages } from '../../__tests__/docs/markdown.ts'
import { scenarios as ranWithStandIns } from '../../__tests__/docs/scenarios.ts'
import { isWorkflow } from '../../__tests__/docs/workflow.ts'
import type { Files } from '../act/checkout.ts'
import { runAct } from '../act/run.ts'
import { worldFor } from '../logged-in.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'
import { applicationId } from '../world.ts'

const isShell = ({ language }: Block): boolean => ['sh', 'bash', 'shell'].includes(language)
const blocks = pages.flatMap(blocksOf).filter((block) => block.language === 'yaml' || isShell(block))
const nameOf = ({ page, section }: Block): string => `${page}, ${section}`

// "not run: by npm test …" leaves a block to this run.
const isLeftToUs = ({ notRun }: Block): boolean => notRun?.startsWith('by npm test') ?? false
const isMarked = (block: Block): boolean => block.notRun !== undefined && !isLeftToUs(block)

/** Blocks that something else runs, and what. */
const elsewhere: Readonly<Record<string, (block: Block) => boolean>> = {
  '.ci/run, which is npm ci and then each of these': ({ text }) =>
    ['npm ci && npm run demo\n', 'npm ci && npm test\n'].includes(text),
  '__tests__/e2e/docs, with what stands for the Databricks CLI, the GitHub CLI and other identity providers': (block) =>
    isShell(block) || usesOtherIssuer(block) || ['docs/migrate.md', 'docs/rollout.md'].includes(block.page),
  '__tests__/e2e/docs/readme.test.ts': ({ page, section }) => page === 'README.md' && section === 'Set up Databricks',
  '__tests__/e2e/docs/recipes.test.ts, with what its tables hold': (block) => needsTables(block),
}

// They ask for tables that the workspaces of this run do not have.
const needsTables = ({ page, section }: Block): boolean =>
  recipePages.includes(page) && (ranWithStandIns[section]?.some(({ warehouse }) => warehouse !== undefined) ?? false)

const usesOtherIssuer = ({ section }: Block): boolean =>
  ranWithStandIns[section]?.some(({ policy }) => policy !== 'github-my-repo-prod') ?? false

interface DocumentedRun {
  /** In the log, if the workflow did what the page says. */
  readonly prints: readonly string[]
  readonly files?: (section: readonly Block[]) => Files
  readonly environment?: Readonly<Record<string, string>>
  readonly path?: readonly string[]
}

const textOf = (section: readonly Block[], language: string, at = 0): string =>
  section.filter((block) => block.language === language)[at]?.text ?? ''

const model = 'select 1 as id, current_user() as who'
const planned = `MODEL (name main.analytics.one, kind FULL);\n${model}\n`
const stateOfSqlmesh = `    state_connection: {type: duckdb, database: state.db}
default_gateway: warehouse
model_defaults: {dialect: databricks, start: 2026-01-01}
`
const loads = `import dlt
pipeline = dlt.pipeline("nightly", destination="databricks", dataset_name="default")
with pipeline.sql_client() as client:
    print(client.execute_sql("SELECT current_user() AS me"))
`

/** By page and heading: what a workflow finds in its repository, and what it shows. */
const runs: Readonly<Record<string, DocumentedRun>> = {
  'README.md, Use it': {
    files: () => ({
      'dbt_project.yml': "name: my_project\nversion: '1.0'\nprofile: my_project\n",
      'profiles.yml': textOf(
        blocksOf('docs/recipes-programs.md').filter(({ section }) => section === 'dbt'),
        'yaml',
        1,
      ),
      'models/one.sql': model,
    }),
    path: [placeOf('dbt')],
    prints: ['PASS=1 WARN=0 ERROR=0', applicationId, '42'],
  },
  'docs/recipes-programs.md, curl in a loop': { prints: ['The warehouse is RUNNING.'] },
  'docs/recipes-queries.md, A nightly query': {
    files: () => ({ 'queries/nightly.sql': 'SELECT pause(1), current_user(); SELECT 5\n' }),
    prints: ['Statement 2 of 2 (queries/nightly.sql, line 1) has succeeded: 1 row'],
  },
  'docs/recipes-queries.md, A query without this command': {
    files: () => ({ 'queries/nightly.sql': 'SELECT pause(1), current_user()\n' }),
    prints: [`"1","${applicationId}"`],
  },
  'docs/recipes-jobs.md, Two workspaces in one job': {
    prints: [`production: ${applicationId}`, `staging: ${applicationId}`],
  },
  'docs/recipes-programs.md, dbt': {
    files: (section) => ({
      'requirements.txt': 'dbt-databricks\n',
      'dbt_project.yml': "name: my_project\nversion: '1.0'\nprofile: my_project\n",
      'profiles.yml': textOf(section, 'yaml', 1),
      'models/one.sql': model,
    }),
    path: [placeOf('dbt')],
    prints: ['PASS=1 WARN=0 ERROR=0'],
  },
  'docs/recipes-programs.md, Python with databricks-sql-connector': {
    files: (section) => ({ 'report.py': textOf(section, 'python') }),
    path: [placeOf('python')],
    prints: [`current_user()='${applicationId}'`],
  },
  'docs/recipes-programs.md, SQLAlchemy': {
    files: (section) => ({ 'report.py': textOf(section, 'python') }),
    path: [placeOf('tools')],
    prints: [`[('${applicationId}',)]`],
  },
  'docs/recipes-programs.md, Great Expectations': {
    files: (section) => ({ 'checks.py': textOf(section, 'python') }),
    path: [placeOf('tools')],
    prints: ['"expectation_type": "expect_column_values_to_not_be_null"', '"success": true'],
  },
  'docs/recipes-programs.md, dlt': {
    files: () => ({ 'load.py': loads }),
    path: [placeOf('tools')],
    prints: [applicationId],
  },
  'docs/recipes-programs.md, SQLMesh': {
    files: (section) => ({
      'config.yaml': `${textOf(section, 'yaml', 1)}${stateOfSqlmesh}`,
      'models/one.sql': planned,
    }),
    path: [placeOf('tools')],
    prints: ['Virtual layer updated'],
  },
  'docs/recipes-programs.md, Tests with databricks-labs-pytester': {
    files: () => ({
      'tests/test_login.py': `def test_login(ws):\n    assert ws.current_user.me().user_name == '${applicationId}'\n`,
    }),
    path: [placeOf('tools')],
    prints: ['1 passed'],
  },
  'docs/recipes-jobs.md, A whole job in one line': {
    files: () => ({
      'report.py': 'from databricks.sdk import WorkspaceClient\nprint(WorkspaceClient().current_user.me().user_name)\n',
    }),
    path: [placeOf('python')],
    prints: [applicationId, 'The report has 1 lines.'],
  },
}

const workflows = blocks.filter(({ language, text }) => language === 'yaml' && isWorkflow(parse(text)))
const ours = workflows.filter((block) => !isMarked(block) && !Object.values(elsewhere).some((runsIt) => runsIt(block)))

test('every workflow and shell block is run, or says why not', () => {
  const others = blocks.filter((block) => !ours.includes(block) && block.notRun === undefined)
  const unexplained = others.filter((block) => !Object.values(elsewhere).some((runsIt) => runsIt(block)))
  expect(unexplained.map(({ page, line }) => `${page}:${line}`)).toEqual([])
  expect(ours.map(nameOf).toSorted()).toEqual(Object.keys(runs).toSorted())
})

// What setup actions and package managers do has been done: the run has installed the programs.
const nothing = 'true'
const pinOf = (action: string): string =>
  new RegExp(`${action}@[0-9a-f]{40}`).exec(pages.map(readPage).join('\n'))?.[0] ?? 'no pin'

const standIns = {
  ...Object.fromEntries(['actions/setup-python', 'databricks/setup-cli'].map((name) => [pinOf(name), nothing])),
}

function standingPrograms(test: TestContext, ...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  test.onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of names) {
    writeFileSync(join(folder, name), '#!/bin/sh\n')
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

async function runBlock(block: Block, test: TestContext): Promise<void> {
  const { files, environment, path = [], prints } = runs[nameOf(block)] ?? { prints: ['?'] }
  const section = blocksOf(block.page).filter((other) => other.section === block.section)
  const world = await worldFor(test)
  const { exitCode, log, printed } = await runAct({
    world,
    environment,
    standIns,
    workflow: block.text,
    files: files?.(section),
    // What a bundle deploys to is not here; that the CLI logs in is in cli.test.ts.
    path: [standingPrograms(test, 'pip', 'databricks'), ...path],
  })
  expect(exitCode, `${nameOf(block)}\n${log}`).toBe(0)
  for (const text of prints) expect(printed).toContain(text)
}

const runAll = async (test: TestContext) => {
  await Promise.all(ours.map((block) => runBlock(block, test)))
}

prove('act-docs', runAll, { programs: ['curl', 'jq'], parts: ['python', 'dbt', 'tools'] })
