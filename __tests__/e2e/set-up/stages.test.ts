import { afterEach, describe, expect, test } from 'vitest'
import { cleanUp } from '../../sandbox/support.ts'
import { CONSOLE } from '../../set-up/databricks.ts'
import { needsSetUp, needsShell } from '../../set-up/needs.ts'
import {
  inShells,
  leftOver,
  newMachine,
  prod,
  runAll,
  stage,
  startWorld,
  valuesOf,
  type World,
} from '../../set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const codes = (ended: Awaited<ReturnType<typeof runAll>>) => Object.values(ended).map(({ exitCode }) => exitCode)
const outputOf = (ended: Awaited<ReturnType<typeof runAll>>) =>
  Object.values(ended)
    .map(({ stdout, stderr }) => stdout + stderr)
    .join('\n')

// The order of names in JSON is the client's own.
const inOrder = (object: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(object).sort())

/** What exists in the end, as far as a job of the repository and its environment needs it. */
function stateOf({ github, databricks }: World, repo: string, name: string) {
  const environment = github.repositories.get(repo)?.environments.get(name)
  const principal = databricks.principals.find(({ displayName }) => displayName === `github ${repo} ${name}`)
  return {
    rule: environment?.rule,
    branches: environment?.branches,
    variables: Object.fromEntries(environment?.variables ?? []),
    policies: principal?.policies.map(({ policy_id, oidc_policy }) => ({ policy_id, ...inOrder(oidc_policy) })),
    workspaces: [...databricks.workspaces].flatMap(([host, { members, warehouses, grants }]) =>
      members.has(principal?.id ?? '')
        ? [
            {
              host,
              permissions: members.get(principal?.id ?? ''),
              warehouses: [...warehouses].map(([id, levels]) => [id, levels.get(principal?.applicationId ?? '')]),
              grants: [...grants].map(([object, granted]) => [object, granted.get(principal?.applicationId ?? '')]),
            },
          ]
        : [],
    ),
    clientId: principal?.applicationId,
  }
}

describe.each(inShells)('in $name', (shell) => {
  test('a first stage, the same again, and a second one', async (context) => {
    needsShell(context, shell)
    const world = await startWorld()
    world.github.add('my-org/my-repo')
    const machine = newMachine(world, { shell: shell.path })

    const first = await runAll(valuesOf('my-org/my-repo', 'prod', prod), () => machine)
    expect(codes(first), outputOf(first)).toEqual([0, 0, 0, 0])
    const made = stateOf(world, 'my-org/my-repo', 'prod')
    const changes = world.changes()
    await expect(JSON.stringify({ ...made, changes }, null, 2)).toMatchFileSnapshot('texts/first-stage.txt')

    const again = await runAll(valuesOf('my-org/my-repo', 'prod', prod), () => machine)
    expect(codes(again), outputOf(again)).toEqual([0, 0, 0, 0])
    expect(outputOf(again)).not.toMatch(/^[+!]/m)
    expect(world.changes()).toEqual(changes)

    const second = await runAll(valuesOf('my-org/my-repo', 'stage', stage), () => machine)
    expect(codes(second), outputOf(second)).toEqual([0, 0, 0, 0])
    expect(stateOf(world, 'my-org/my-repo', 'prod')).toEqual(made)
    const { clientId, workspaces, policies } = stateOf(world, 'my-org/my-repo', 'stage')
    expect(clientId).not.toBe(made.clientId)
    expect(workspaces.map(({ host }) => host)).toEqual([stage.host])
    expect(policies).toMatchObject([{ subject: 'repo:my-org/my-repo:environment:stage' }])

    expect(machine.logins().map(({ hostname }) => hostname)).toEqual([
      CONSOLE,
      prod.host,
      CONSOLE,
      prod.host,
      CONSOLE,
      stage.host,
    ])
    expect(leftOver(machine)).toEqual([])
  })
})
