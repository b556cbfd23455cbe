import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { defaultAccountId } from '../../../sandbox/workspace.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { needsSetUp, needsShell } from '../../set-up/needs.ts'
import { bash, leftOver, newMachine, prod, startWorld } from '../../set-up/world.ts'
import { inRepository } from '../../support/repository.ts'

needsSetUp()
afterEach(cleanUp)

const values = [
  'repo=my-org/login',
  `account_id=${defaultAccountId}`,
  `workspace=https://${prod.host}`,
  `workspace_id=${prod.id}`,
  `warehouse_id=${prod.warehouse}`,
]

/** GitHub and Databricks, and a machine with both scripts. */
async function start() {
  const world = await startWorld()
  const repository = world.github.add('my-org/login')
  const machine = newMachine(world, { shell: bash.path })
  for (const path of ['scripts', 'setup']) mkdirSync(join(machine.folder, path))
  for (const path of ['scripts/set-up-canary.sh', 'setup/set-up.sh'])
    cpSync(inRepository(path), join(machine.folder, path))
  const run = (...words: string[]) => machine.run(words, { script: 'scripts/set-up-canary.sh' })
  return { world, repository, machine, run }
}

test('one command makes all of it, and twice is once', async (context) => {
  needsShell(context, bash)
  const { world, repository, machine, run } = await start()
  const first = await run('--apply', ...values)
  expect(first.exitCode, first.stdout + first.stderr).toBe(0)
  const { branches } = repository.environments.get('canary') ?? {}
  expect(branches).toEqual([{ name: 'main', type: 'branch' }])
  const [principal, ...others] = world.databricks.principals
  expect([principal?.displayName, others]).toEqual(['github my-org/login canary', []])
  expect(principal?.policies.map(({ oidc_policy }) => oidc_policy)).toMatchObject([
    { subject: 'repo:my-org/login:environment:canary', audiences: [defaultAccountId] },
  ])
  expect(Object.fromEntries(repository.variables)).toEqual({
    CANARY_ACCOUNT_ID: defaultAccountId,
    CANARY_CLIENT_ID: principal?.applicationId,
    CANARY_WAREHOUSE_ID: prod.warehouse,
    CANARY_HOST: `https://${prod.host}`,
  })
  expect(repository.started).toEqual(['canary.yml on main'])
  expect(leftOver(machine)).toEqual([])

  const before = world.changes().length
  const again = await run('--apply', ...values)
  expect(again.exitCode, again.stdout + again.stderr).toBe(0)
  expect(world.changes().slice(before)).toEqual(['POST /repos/my-org/login/actions/workflows/canary.yml/dispatches'])
  expect(again.stdout.match(/^= CANARY_\w+$/gm)?.length).toBe(4)
})

test('without --apply nothing is changed', async (context) => {
  needsShell(context, bash)
  const { world, run } = await start()
  const ended = await run(...values)
  expect([ended.exitCode, world.changes()], ended.stdout + ended.stderr).toEqual([0, []])
  expect(ended.stdout).toContain('The rest needs the principal, which --apply makes.')
})

test('a variable that says something else is kept, and the canary is not started', async (context) => {
  needsShell(context, bash)
  const { repository, run } = await start()
  repository.variables.set('CANARY_HOST', 'https://other.cloud.databricks.com')
  const ended = await run('--apply', ...values)
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(2)
  expect(ended.stdout).toContain(
    `! CANARY_HOST is https://other.cloud.databricks.com, not https://${prod.host}. To change`,
  )
  expect(repository.variables.get('CANARY_HOST')).toBe('https://other.cloud.databricks.com')
  expect(repository.started).toEqual([])
})

test('a failing role ends it, and no variable is set', async (context) => {
  needsShell(context, bash)
  const { world, repository, run } = await start()
  world.fault = ({ method, url }) =>
    method === 'POST' && url.pathname.endsWith('/federationPolicies')
      ? { status: 403, json: { error_code: 'PERMISSION_DENIED', message: 'no account admin' } }
      : undefined
  const ended = await run('--apply', ...values)
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(1)
  expect([[...repository.variables], repository.started]).toEqual([[], []])
})

test.each([
  [values.slice(1), 'repo= is missing.'],
  [[...values, 'branch=feature'], 'branch=feature is none of the values above.'],
])('%j is refused before anything is asked', async (words, why) => {
  const { world, run } = await start()
  const ended = await run('--apply', ...words)
  expect([ended.exitCode, ended.stderr]).toEqual([1, `set-up-canary: ${why}\n`])
  expect(world.requests).toEqual([])
})
