import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { defaultWorkspaceId } from '../../../sandbox/workspace.ts'
import type { Called } from '../../docs/called.ts'
import { policyAmong } from '../../docs/policies.ts'
import { dbtBuilt } from '../../docs/programs.ts'
import { runSetUp, runWorkflow, startAsSetUp, values, variablesIn } from '../../docs/readme.ts'
import { applicationIds } from '../../docs/world.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { wholeTokensIn } from '../../support/logged-in-job.ts'
import { hasSqlite } from '../../support/sql-job.ts'

afterEach(cleanUp)

const commandsOf = (called: readonly Called[]) => called.map(({ program, command }) => `${program} ${command}`)
const only = (called: readonly Called[], command: string) => called.filter((one) => one.command === command)

const hasTools = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe.runIf(hasTools && process.platform !== 'win32')('the set-up of the README', () => {
  test('closes the environment before the policy admits its jobs', async () => {
    const called = await runSetUp()
    expect(commandsOf(called)).toMatchSnapshot()
    const [environment] = only(called, 'api PUT')
    expect(environment?.body.deployment_branch_policy).toEqual({
      protected_branches: false,
      custom_branch_policies: true,
    })
    expect(only(called, 'api POST').map(({ body }) => body.name)).toEqual(['main'])
  })

  test('asks GitHub how it names the repository, and trusts that', async () => {
    const { subject } = policyAmong(await runSetUp())
    expect(subject).toBe('repo:my-org@65/my-repo@74:environment:prod')
  })

  test('gives the principal what a query needs, by its client id, and takes nothing from others', async () => {
    const called = await runSetUp()
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

  test.runIf(hasSqlite)('is all that the workflow of the README needs to log in and run its query', async () => {
    const called = await runSetUp()
    const vars = variablesIn(called)
    const world = await startAsSetUp(called)
    expect(world.production.warehouseId).toBe(values.WAREHOUSE_ID)

    const { job, results } = await runWorkflow(world, vars)
    const log = job.log()
    expect(
      results.map(({ conclusion }) => conclusion),
      log,
    ).toEqual(['success', 'success', 'success'])
    expect(log).toContain(applicationIds.production)
    expect(log).toContain('42')
    expect(log).toContain(dbtBuilt)
    expect(wholeTokensIn(log)).toEqual([])
  })
})
