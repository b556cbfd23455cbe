import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { defaultAccountId, defaultWorkspaceId } from '../../sandbox/workspace.ts'
import { cleanUp } from '../sandbox/support.ts'
import { wholeTokensIn } from '../support/logged-in-job.ts'
import { inRepository } from '../support/repository.ts'
import { type Called, runWithStandIns, writeCommand } from './called.ts'
import { blocksOf } from './markdown.ts'
import { policyAmong } from './policies.ts'
import { dbt, dbtBuilt } from './programs.ts'
import { runJob } from './run-job.ts'
import { onlyJob, stepsIn } from './workflow.ts'
import { applicationIds, startWorld, type World } from './world.ts'

afterEach(cleanUp)

const blocks = blocksOf('README.md')
const textsOf = (section: string, language: string) =>
  blocks.filter((block) => block.section === section && block.language === language).map(({ text }) => text)

const values = {
  ACCOUNT_ID: defaultAccountId,
  WORKSPACE_ID: defaultWorkspaceId,
  WAREHOUSE_ID: '7d0c1f5b9a3e2486',
}

/** The set-up as one paste, with the words in capitals replaced as a reader would. */
const setUp = textsOf('Set up Databricks', 'sh')
  .join('')
  .replace(/(?<==)(ACCOUNT_ID|WORKSPACE_ID|WAREHOUSE_ID)$/gm, (word) => values[word as keyof typeof values])

const commandsOf = (called: readonly Called[]) => called.map(({ program, command }) => `${program} ${command}`)
const only = (called: readonly Called[], command: string) => called.filter((one) => one.command === command)

const variablesIn = (called: readonly Called[]) =>
  Object.fromEntries(
    only(called, 'variable set').map(({ arguments: [name = ''], flags }) => [name, flags['--body'] ?? '']),
  )

async function runWorkflow(world: World, vars: Readonly<Record<string, string>>) {
  const [workflow = '', fragment = ''] = textsOf('Use it', 'yaml')
  const job = onlyJob(workflow)
  const folder = join(world.runner.temp, 'programs')
  writeCommand(folder, 'dbt', dbt)
  return runJob(
    { ...job, steps: [...job.steps, ...stepsIn(parse(fragment))] },
    {
      ...{ runner: world.runner, contexts: { vars }, environment: world.way },
      standIns: { 'actions/checkout': `echo '${folder}' >> "$GITHUB_PATH"` },
    },
  )
}

const hasTools = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)
const hasSql = existsSync(inRepository('src', 'warehouse'))

describe.runIf(hasTools && process.platform !== 'win32')('the set-up of the README', () => {
  test('closes the environment before the policy admits its jobs', async () => {
    const called = await runWithStandIns(setUp)
    expect(commandsOf(called)).toMatchSnapshot()
    const [environment] = only(called, 'api PUT')
    expect(environment?.body.deployment_branch_policy).toEqual({
      protected_branches: false,
      custom_branch_policies: true,
    })
    expect(only(called, 'api POST').map(({ body }) => body.name)).toEqual(['main'])
  })

  test('gives the principal what a query needs, by its client id, and takes nothing from others', async () => {
    const called = await runWithStandIns(setUp)
    const [assignment] = only(called, 'account workspace-assignment update')
    expect(assignment?.arguments).toEqual([defaultWorkspaceId, '7300000000001'])
    const [use] = only(called, 'warehouses update-permissions')
    expect(use?.arguments).toEqual([values.WAREHOUSE_ID])
    expect(use?.body.access_control_list).toEqual([
      { service_principal_name: applicationIds.production, permission_level: 'CAN_USE' },
    ])
    const grants = only(called, 'grants update').map(({ arguments: on, body }) => [...on, ...(body.changes ?? [])])
    const principal = applicationIds.production
    expect(grants).toEqual([
      ['catalog', 'main', { principal, add: ['USE_CATALOG'] }],
      ['schema', 'main.analytics', { principal, add: ['USE_SCHEMA', 'SELECT'] }],
    ])
  })

  test.runIf(hasSql)('is all that the workflow of the README needs to log in and run its query', async () => {
    const called = await runWithStandIns(setUp)
    const vars = variablesIn(called)
    const world = await startWorld({
      ...{ policy: policyAmong(called), isGithub: true, idTokenPermission: true },
      ...{ publicUrl: vars['DATABRICKS_HOST'], members: [applicationIds.production] },
    })
    expect(world.production.warehouseId).toBe(values.WAREHOUSE_ID)

    const { job, results } = await runWorkflow(world, vars)
    const log = job.log()
    expect(
      results.map(({ conclusion }) => conclusion),
      log,
    ).toEqual(['success', 'success', 'success', 'success'])
    expect(log).toContain(applicationIds.production)
    expect(log).toContain('42')
    expect(log).toContain(dbtBuilt)
    expect(wholeTokensIn(log)).toEqual([])
  })
})
