import { afterEach, describe, expect, test } from 'vitest'
import { defaultAccountId } from '../../../sandbox/workspace.ts'
import { cleanUp } from '../../sandbox/support.ts'
import { AZURE_CONSOLE, type Policy } from '../../set-up/databricks.ts'
import { closedTo } from '../../set-up/github.ts'
import { needsSetUp } from '../../set-up/needs.ts'
import { newMachine, nextWords, offered, prod, runAll, startWorld, valuesOf } from '../../set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const values = valuesOf('my-org/my-repo', 'prod', prod)
const subject = 'repo:my-org/my-repo:environment:prod'
const wanted = { issuer: 'https://token.actions.githubusercontent.com', audiences: [defaultAccountId], subject }
const policies = (...all: Policy['oidc_policy'][]): Policy[] =>
  all.map((oidc_policy, at) => ({ policy_id: `p${at}`, oidc_policy }))

async function runAccount(
  there: readonly (readonly [name: string, policies: readonly Policy[]])[],
  more: string[] = [],
) {
  const world = await startWorld()
  for (const [name, has] of there) world.databricks.add(name, has)
  const result = await newMachine(world).run(['account', ...values, `subject=${subject}`, ...more, '--apply'])
  return { world, ...result }
}

const name = 'github my-org/my-repo prod'

describe('a service principal that is there', () => {
  test.each([
    ['has no policy', []],
    ['has the wanted one', policies(wanted)],
    [
      'has the wanted one, written out',
      policies({ ...wanted, subject_claim: 'sub', audiences: ['x', defaultAccountId] }),
    ],
    ['has the wanted one, with the audience by default', policies({ ...wanted, audiences: undefined })],
  ])('%s: it is taken', async (_case, has) => {
    const { exitCode, stdout, stderr, world } = await runAccount([[name, has]])
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toContain(`= service principal ${name}: client_id=${world.databricks.principals[0]?.applicationId}`)
    expect(world.databricks.principals).toHaveLength(1)
    expect(world.databricks.principals[0]?.policies).toHaveLength(1)
  })

  test.each([
    ['one more', policies(wanted, { ...wanted, subject: 'repo:other/repo:environment:prod' })],
    ['another subject', policies({ ...wanted, subject: 'repo:my-org/my-repo:environment:stage' })],
    ['another issuer', policies({ ...wanted, issuer: 'https://token.actions.githubusercontent.com/acme' })],
    ['another audience', policies({ ...wanted, audiences: ['https://github.com/my-org'] })],
    ['another claim', policies({ ...wanted, subject_claim: 'repository' })],
    ['keys from elsewhere', policies({ ...wanted, jwks_uri: 'https://keys.example/jwks' })],
    ['keys of its own', policies({ ...wanted, jwks_json: '{"keys":[]}' })],
  ])('has %s: it is shown, and nothing is changed', async (_case, has) => {
    const { exitCode, stdout, world } = await runAccount([[name, has]])
    expect(exitCode).toBe(2)
    expect(stdout).toContain('has other federation policies than the wanted one alone')
    for (const { policy_id } of has) expect(stdout).toContain(`{"policy_id":"${policy_id}"`)
    expect(stdout).toContain('Whoever logs in by any policy of a principal has all of its rights.')
    expect(stdout).toContain('Nothing after this was looked at.')
    expect(stdout).not.toContain('sh set-up.sh')
    expect(world.changes()).toEqual([])
  })

  test('has a name that differs in capital letters: it is another', async () => {
    const { exitCode, world } = await runAccount([['GitHub my-org/my-repo prod', []]])
    expect(exitCode).toBe(0)
    expect(world.databricks.principals).toHaveLength(2)
  })

  test('is not alone with its name: all are listed, and one may be named', async () => {
    const both = [
      [name, []],
      [name, []],
    ] as const
    const { exitCode, stdout, stderr, world } = await runAccount([...both])
    const [first, second] = world.databricks.principals.map(({ applicationId }) => `client_id=${applicationId}`)
    expect(exitCode).toBe(1)
    expect(stdout).toContain(`  ${first}\n  ${second}\n`)
    expect(stderr).toContain('several service principals are named github my-org/my-repo prod.')
    expect(world.changes()).toEqual([])
    const named = await runAccount([...both], [String(second)])
    expect(named.exitCode, named.stderr).toBe(0)
    expect(named.world.databricks.principals.map((one) => one.policies.length)).toEqual([0, 1])
  })

  test('is named, and not there', async () => {
    const { exitCode, stderr } = await runAccount([], ['client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a99'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(
      'the account has no service principal with client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a99.',
    )
  })

  test('is an admin of the workspace: it stays one, and is shown', async () => {
    const world = await startWorld()
    const { id } = world.databricks.add(name, policies(wanted))
    world.databricks.workspaces.get(prod.host)?.members.set(id, ['ADMIN'])
    const { exitCode, stdout } = await newMachine(world).run(['account', ...values, `subject=${subject}`, '--apply'])
    expect(exitCode).toBe(2)
    expect(stdout).toContain(`! in workspace ${prod.id} the service principal is ADMIN, not USER`)
    expect(world.changes()).toEqual([])
  })
})

test('the console of another cloud is asked, and handed on', async () => {
  const world = await startWorld()
  const machine = newMachine(world)
  const console = `console=https://${AZURE_CONSOLE}`
  const result = await machine.run(['account', ...values, `subject=${subject}`, console, '--apply'])
  expect(result.exitCode, result.stderr).toBe(0)
  expect(machine.logins().map(({ hostname }) => hostname)).toEqual([AZURE_CONSOLE])
  expect(world.databricks.principals).toHaveLength(1)
  expect(nextWords(result)).toContain(console)
})

test('two repositories of one name have two service principals', async () => {
  const world = await startWorld()
  for (const repo of ['a/etl', 'b/etl']) {
    world.github.add(repo, { environments: new Map([['prod', closedTo('prod', 'main')]]) })
    const ended = await runAll(valuesOf(repo, 'prod', prod), () => newMachine(world))
    for (const { exitCode, stdout, stderr } of Object.values(ended)) expect(exitCode, stdout + stderr).toBe(0)
  }
  expect(world.databricks.principals.map(({ displayName, policies: has }) => [displayName, has.length])).toEqual([
    ['github a/etl prod', 1],
    ['github b/etl prod', 1],
  ])
  const clientIds = ['a/etl', 'b/etl'].map((repo) =>
    world.github.repositories.get(repo)?.environments.get('prod')?.variables.get('DATABRICKS_CLIENT_ID'),
  )
  expect(clientIds).toEqual(world.databricks.principals.map(({ applicationId }) => applicationId))
})

describe('what a principal may do already', () => {
  async function runWorkspace(level: string | undefined, granted: readonly string[]) {
    const world = await startWorld()
    const { id, applicationId } = world.databricks.add(name)
    const workspace = world.databricks.workspaces.get(prod.host)
    workspace?.members.set(id, ['USER'])
    const levels = workspace?.warehouses.get(prod.warehouse)
    levels?.set('c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8aff', 'CAN_MANAGE')
    if (level !== undefined) levels?.set(applicationId, level)
    const objects = ['catalog main', 'schema main.analytics']
    for (const object of objects)
      workspace?.grants.set(
        object,
        new Map([
          [applicationId, granted],
          ['others', ['SELECT']],
        ]),
      )
    const { exitCode, stderr } = await newMachine(world).run([
      'workspace',
      ...values,
      `client_id=${applicationId}`,
      '--apply',
    ])
    expect(exitCode, stderr).toBe(0)
    return {
      level: levels?.get(applicationId),
      grants: objects.map((object) => workspace?.grants.get(object)?.get(applicationId)),
      others: [...(levels?.values() ?? []), ...objects.map((object) => workspace?.grants.get(object)?.get('others'))],
      changes: world.changes().length,
    }
  }

  test.each([
    [undefined, [], 'CAN_USE', [['USE_CATALOG'], ['SELECT', 'USE_SCHEMA']], 3],
    [
      'CAN_VIEW',
      ['SELECT'],
      'CAN_USE',
      [
        ['SELECT', 'USE_CATALOG'],
        ['SELECT', 'USE_SCHEMA'],
      ],
      3,
    ],
    ['CAN_MANAGE', ['ALL_PRIVILEGES'], 'CAN_MANAGE', [['ALL_PRIVILEGES'], ['ALL_PRIVILEGES']], 0],
  ])('%s and %j become %s', async (level, granted, then, grants, changes) => {
    const result = await runWorkspace(level, granted)
    expect(result).toMatchObject({ level: then, grants, changes })
    expect(result.others).toEqual(['CAN_MANAGE', then, ['SELECT'], ['SELECT']])
  })
})

test('a variable that holds something else is left, with the command that would change it', async () => {
  const world = await startWorld()
  const environment = closedTo('prod', 'main')
  environment.variables.set('DATABRICKS_HOST', 'https://dbc-old.cloud.databricks.com')
  world.github.add('my-org/my-repo', { environments: new Map([['prod', environment]]) })
  const words = ['variables', ...values, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71', '--apply']
  const machine = newMachine(world)
  const result = await machine.run(words)
  const { exitCode, stdout } = result
  expect(exitCode).toBe(2)
  expect(stdout).toContain('! DATABRICKS_HOST is https://dbc-old.cloud.databricks.com, not')
  expect(stdout).toContain(
    '    gh api --method PATCH repos/my-org/my-repo/environments/prod/variables/DATABRICKS_HOST -f value=',
  )
  expect(environment.variables.get('DATABRICKS_HOST')).toBe('https://dbc-old.cloud.databricks.com')
  expect(environment.variables.size).toBe(4)
  expect(stdout).not.toContain('Without an environment')
  expect(stdout).toContain('The script does not change what is marked !. Run the workflow only if you want it so.')

  const [line = ''] = offered(result)
  const changed = await machine.run([], { before: ['-c'], script: line })
  expect(changed.exitCode, changed.stderr).toBe(0)
  expect(environment.variables.get('DATABRICKS_HOST')).toBe(`https://${prod.host}`)
  const again = await machine.run(words)
  expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('This was the last role')])
})

test('the last role does not say to run the workflow while its commands wait for --apply', async () => {
  const world = await startWorld()
  world.github.add('my-org/my-repo', { environments: new Map([['prod', closedTo('prod', 'main')]]) })
  const words = ['variables', ...values, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71']
  const { exitCode, stdout } = await newMachine(world).run(words)
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/Nothing was changed\. To run the commands above, run this again with --apply\.\n$/)
})

test.each([
  ['my-org/my-repo', 'Prod EU', 'github-my-repo-prod-eu'],
  ['my-org/.My_Repo.', '_x_', 'github-my-repo-x'],
  [`my-org/${'r'.repeat(52)}`, 'a-b-c-d', `github-${'r'.repeat(52)}-a-b`],
])('the policy for %s and %s is named as a dry run names it: %s', async (repo, environment, id) => {
  const world = await startWorld()
  const words = ['account', ...valuesOf(repo, environment, prod), `subject=repo:${repo}:environment:${environment}`]
  const { exitCode, stderr } = await newMachine(world).run([...words, '--apply'])
  expect(exitCode, stderr).toBe(0)
  expect(world.databricks.principals[0]?.policies[0]?.policy_id).toBe(id)
})

test('variables wait for their environment', async () => {
  const world = await startWorld()
  world.github.add('my-org/my-repo')
  const words = ['variables', ...values, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71', '--apply']
  const { exitCode, stderr } = await newMachine(world).run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('my-org/my-repo has no environment prod, or does not show it to you.')
  expect(world.changes()).toEqual([])
})
