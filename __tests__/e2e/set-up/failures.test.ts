import { afterEach, describe, expect, test } from 'vitest'
import { cleanUp } from '../../sandbox/support.ts'
import { CONSOLE } from '../../set-up/databricks.ts'
import { closedTo } from '../../set-up/github.ts'
import { needsSetUp, needsShell } from '../../set-up/needs.ts'
import {
  inShells,
  newMachine,
  nextWords,
  prod,
  runAll,
  stage,
  startWorld,
  valuesOf,
  type World,
} from '../../set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const values = valuesOf('my-org/my-repo', 'prod', prod)
const subject = 'subject=repo:my-org/my-repo:environment:prod'

async function newWorld(): Promise<World> {
  const world = await startWorld()
  world.github.add('my-org/my-repo')
  return world
}

/** Answers the change of that number, counted from 0, with an error; `after` says that it was made all the same. */
function failAt(world: World, number: number): void {
  let seen = -1
  world.fault = ({ method, url }) => {
    if (method === 'GET' || /^\/(oidc|telemetry|\.well-known)/.test(url.pathname)) return undefined
    seen++
    if (seen !== number) return undefined
    return { status: 403, json: { error_code: 'PERMISSION_DENIED', message: 'Not today.' } }
  }
}

const ROLES = [
  ['github', 2],
  ['account', 3],
  ['workspace', 3],
  ['variables', 4],
] as const
const failing = ROLES.flatMap(([role, changes]) => Array.from({ length: changes }, (_, number) => ({ role, number })))

describe.each(ROLES)('role %s', (role, changes) => {
  test('makes as many changes as fail one by one below', async () => {
    const world = await newWorld()
    const machine = newMachine(world)
    await runUntil(world, role)
    const before = world.changes().length
    expect((await machine.run([role, ...values, ...handedOn(world), '--apply'])).exitCode).toBe(0)
    expect(world.changes().length - before).toBe(changes)
  })
})

/** Makes what the roles before this one make. */
async function runUntil({ github, databricks }: World, role: string): Promise<void> {
  if (role === 'github') return
  github.repositories.get('my-org/my-repo')?.environments.set('prod', closedTo('prod', 'main'))
  if (role === 'account') return
  const { id } = databricks.add('github my-org/my-repo prod')
  databricks.workspaces.get(prod.host)?.members.set(id, ['USER'])
}

const handedOn = ({ databricks: { principals } }: World): string[] => [
  subject,
  ...principals.map(({ applicationId }) => `client_id=${applicationId}`),
]

test.each(failing)(
  '$role, change $number fails: it stops there, and the next run does the rest',
  async ({ role, number }) => {
    const world = await newWorld()
    const machine = newMachine(world)
    await runUntil(world, role)
    const words = [role, ...values, ...handedOn(world), '--apply']
    failAt(world, number)
    const { exitCode, stdout, stderr } = await machine.run(words)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Not today.')
    expect(stderr).toContain('the last command failed, and nothing after it was run.')
    expect(stdout.split('\n').filter((line) => line.startsWith('+ '))).toHaveLength(number + 1)
    expect(stdout).not.toContain('sh set-up.sh')
    expect(world.changes()).toHaveLength(number + 1)

    world.fault = undefined
    const again = await machine.run(words)
    expect(again.exitCode, again.stdout + again.stderr).toBe(0)
    const changes = ROLES.find(([name]) => name === role)?.[1] ?? 0
    expect(again.stdout.split('\n').filter((line) => line.startsWith('+ '))).toHaveLength(changes - number)
  },
)

test.for(inShells)('a change that fails ends the script in $name, too', async (shell, context) => {
  needsShell(context, shell)
  const world = await newWorld()
  failAt(world, 0)
  const { exitCode, stderr } = await newMachine(world, { shell: shell.path }).run(['github', ...values, '--apply'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('the last command failed, and nothing after it was run.')
  expect(world.changes()).toHaveLength(1)
})

test('each role on a machine of its own, with what the one before printed', async () => {
  const world = await newWorld()
  const people: string[] = []
  const ended = await runAll(valuesOf('my-org/my-repo', 'prod eu', prod), (role) => {
    people.push(role)
    return newMachine(world)
  })
  expect(people).toEqual(['github', 'account', 'workspace', 'variables'])
  for (const { exitCode, stdout, stderr } of Object.values(ended)) expect(exitCode, stdout + stderr).toBe(0)
  const { environments } = world.github.repositories.get('my-org/my-repo') ?? {}
  expect([...(environments?.get('prod eu')?.variables.keys() ?? [])]).toHaveLength(4)
})

test('without --apply it changes nothing, and prints what it would run and for whom', async () => {
  const world = await newWorld()
  const machine = newMachine(world)
  const github = await machine.run(['github', 'repo=my-org/my-repo', 'environment=prod', 'branch=main'])
  expect(github.exitCode).toBe(0)
  expect(github.stdout).toMatchInlineSnapshot(`
    "+ gh api --method PUT repos/my-org/my-repo/environments/prod -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true'
    + gh api --method POST repos/my-org/my-repo/environments/prod/deployment-branch-policies -f name=main -f type=branch
    = subject repo:my-org/my-repo:environment:prod
    Nothing was changed. To run the commands above, run this again with --apply.
    After --apply, for an account admin of Databricks:
    sh set-up.sh account repo=my-org/my-repo environment=prod branch=main subject=repo:my-org/my-repo:environment:prod account_id=ACCOUNT_ID workspace_id=WORKSPACE_ID
    "
  `)
  const account = await machine.run([...nextWords(github).slice(0, 5), ...values.slice(3, 6)])
  expect(account.exitCode, account.stderr).toBe(0)
  expect(account.stdout.replace(/github-set-up-\w+/g, 'PROFILE')).toMatchInlineSnapshot(`
    "+ databricks account service-principals create --display-name 'github my-org/my-repo prod' --profile PROFILE --output json
    + databricks account service-principal-federation-policy create SERVICE_PRINCIPAL_ID --policy-id github-my-repo-prod --json '{"oidc_policy": {"issuer":"https://token.actions.githubusercontent.com","audiences":["5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495"],"subject":"repo:my-org/my-repo:environment:prod"}}' --profile PROFILE --output json
    + databricks account workspace-assignment update 6051921418418893 SERVICE_PRINCIPAL_ID --json '{"permissions": ["USER"]}' --profile PROFILE --output json
    Nothing was changed. To run the commands above, run this again with --apply.
    After --apply, for an admin of the workspace:
    sh set-up.sh workspace repo=my-org/my-repo environment=prod branch=main subject=repo:my-org/my-repo:environment:prod account_id=5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495 workspace=https://dbc-a1b2c3d4-e5f6.cloud.databricks.com workspace_id=6051921418418893 warehouse_id=WAREHOUSE_ID client_id=CLIENT_ID
    "
  `)
  expect(world.changes()).toEqual([])
})

describe('without the rights', () => {
  test('of an admin of the repository', async () => {
    const world = await newWorld()
    const repository = world.github.repositories.get('my-org/my-repo')
    if (repository) repository.isAdmin = false
    const { exitCode, stderr } = await newMachine(world).run(['github', ...values, '--apply'])
    expect([exitCode, stderr]).toEqual([1, 'set-up: you are no admin of my-org/my-repo.\n'])
  })

  test('to see the repository', async () => {
    const world = await startWorld()
    const { exitCode, stderr } = await newMachine(world).run(['github', ...values, '--apply'])
    expect([exitCode, stderr]).toEqual([1, 'set-up: GitHub shows you no repository my-org/my-repo.\n'])
  })

  test.each([
    ['account', CONSOLE, 'are you an account admin? Nothing was changed.'],
    ['workspace', prod.host, 'do you manage it, and is it in this workspace? Nothing was changed.'],
  ])('of an admin: %s', async (role, host, doubt) => {
    const world = await newWorld()
    world.databricks.admin.set(host, false)
    await runUntil(world, role)
    const words = [role, ...values, subject, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71', '--apply']
    const { exitCode, stdout, stderr } = await newMachine(world).run(words)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Only admins can do this.')
    expect(stderr).toContain('set-up: this could not be read: databricks ')
    expect(stderr).toContain(doubt)
    expect(stdout).not.toMatch(/^[+]/m)
    expect(world.changes()).toEqual([])
  })

  test('to see what was made a moment ago', async () => {
    const world = await newWorld()
    await runUntil(world, 'account')
    world.fault = ({ method, url }) =>
      method === 'GET' && url.pathname.endsWith('/federationPolicies')
        ? { status: 403, json: { error_code: 'PERMISSION_DENIED', message: 'Not today.' } }
        : undefined
    const { exitCode, stderr } = await newMachine(world).run(['account', ...values, subject, '--apply'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('are you an account admin? What is marked + was run before.')
  })

  test('in this workspace, whose member the service principal is not', async () => {
    const world = await newWorld()
    await runUntil(world, 'workspace')
    world.databricks.workspaces.get(prod.host)?.members.clear()
    const { exitCode, stderr } = await newMachine(world).run(['workspace', ...values, ...handedOn(world), '--apply'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('a member of this workspace? Role account makes it one.')
  })
})

describe('the host of one workspace with the id of another', () => {
  const words = values.map((word) => (word.startsWith('workspace=') ? `workspace=https://${stage.host}` : word))

  test('is refused before anything is read or changed', async () => {
    const world = await newWorld()
    await runUntil(world, 'workspace')
    const { exitCode, stdout, stderr } = await newMachine(world).run([
      'workspace',
      ...words,
      ...handedOn(world),
      '--apply',
    ])
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain(
      `workspace_id=${prod.id} is not the id of https://${stage.host}, which is ${stage.id}. If role account ran with the wrong one, the principal is a member there: take it out.`,
    )
    expect(world.requests.filter(({ url }) => url.pathname.startsWith('/api/'))).toEqual([])
  })

  test.each([
    ['does not tell its id', undefined],
    ['is of several workspaces', { host_type: 'unified', workspace_id: stage.id }],
  ])('is not compared where the host %s', async (_case, told) => {
    const world = await newWorld()
    await runUntil(world, 'workspace')
    world.fault = ({ url }) => {
      if (url.pathname !== '/.well-known/databricks-config') return undefined
      return told === undefined ? { status: 404, json: { message: 'Not found' } } : { status: 200, json: told }
    }
    const { exitCode, stderr } = await newMachine(world).run(['workspace', ...words, ...handedOn(world), '--apply'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('The warehouse does not exist.')
    expect(stderr).toContain('is it in this workspace?')
  })
})
