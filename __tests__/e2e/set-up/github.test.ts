import { afterEach, describe, expect, test } from 'vitest'
import { cleanUp } from '../../sandbox/support.ts'
import { closedTo, type Environment, newEnvironment, type Repository } from '../../set-up/github.ts'
import { needsSetUp } from '../../set-up/needs.ts'
import { newMachine, nextWords, offered, prod, runAll, stage, startWorld, valuesOf } from '../../set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const asked = ['repo=my-org/my-repo', 'environment=prod', 'branch=main']

async function runGithub(settings: Partial<Repository>, words: readonly string[] = asked) {
  const world = await startWorld()
  const repository = world.github.add('my-org/my-repo', settings)
  const result = await newMachine(world).run(['github', ...words, '--apply'])
  return { world, repository, ...result }
}

const withEnvironment = (environment: Environment, more: Partial<Repository> = {}) => ({
  ...more,
  environments: new Map([[environment.name.toLowerCase(), environment]]),
})
const protectedOnly = { protected_branches: true, custom_branch_policies: false }

describe('an environment that is there keeps its rules', () => {
  const settings = 'https://github.com/my-org/my-repo/settings/environments'
  const others = Array.from({ length: 4 }, (_, at) => ({ name: `release/${at}`, type: 'branch' as const }))
  test.each([
    ['open to every branch', newEnvironment('prod', { reviewers: ['someone'] }), '! environment prod is open to every'],
    [
      'open to others, too',
      newEnvironment('prod', {
        rule: { protected_branches: false, custom_branch_policies: true },
        branches: [...others, { name: 'main', type: 'tag' }, { name: 'main', type: 'branch' }],
      }),
      '! environment prod admits others, too: release/0, release/1, release/2, release/3, tag main.',
    ],
    [
      'open to the protected branches, of which there is none',
      newEnvironment('prod', { rule: protectedOnly }),
      '! environment prod admits the protected branches: there is none, and so it admits every branch.',
    ],
  ])('%s: a link to them, and exit code 2', async (_name, environment, line) => {
    const { exitCode, stdout, stderr, world } = await runGithub(withEnvironment(environment))
    expect(exitCode, stderr).toBe(2)
    expect(stdout).toContain(line)
    expect(stdout).toContain(settings)
    expect(stdout).toContain('The script does not change what is marked !. Send the next line only if you want it so.')
    expect(world.changes()).toEqual([])
  })

  test('closed to another branch: this one is added, and the other is named', async () => {
    const { exitCode, stdout, world } = await runGithub(withEnvironment(closedTo('prod', 'release')))
    expect(exitCode).toBe(2)
    expect(stdout).toContain('! environment prod admits others, too: release.')
    expect(world.changes()).toEqual(['POST /repos/my-org/my-repo/environments/prod/deployment-branch-policies'])
  })

  test('open to the protected branches, which is this one alone', async () => {
    const environment = newEnvironment('prod', { rule: protectedOnly })
    const { exitCode, stdout } = await runGithub(withEnvironment(environment, { protectedBranches: ['main'] }))
    expect(exitCode).toBe(0)
    expect(stdout).toContain('= environment prod: protected branches, which is main alone\n')
  })

  test('under a name with other capital letters: subjects are compared to the letter', async () => {
    const { exitCode, stderr } = await runGithub(withEnvironment(closedTo('Prod', 'main')))
    expect(exitCode).toBe(1)
    expect(stderr).toContain('GitHub calls the environment Prod: give environment=Prod')
  })
})

test('a repository under another name, or with other capital letters, is told its own', async () => {
  const world = await startWorld()
  const repository = world.github.add('My-Org/My-Repo')
  world.github.repositories.set('my-org/old', repository)
  for (const repo of ['my-org/my-repo', 'my-org/old']) {
    const { exitCode, stderr } = await newMachine(world).run(['github', `repo=${repo}`, ...asked.slice(1)])
    expect([exitCode, stderr]).toEqual([
      1,
      'set-up: GitHub calls it My-Org/My-Repo, and so do its tokens: give repo=My-Org/My-Repo.\n',
    ])
  }
})

describe('the subject', () => {
  const closed = () => withEnvironment(closedTo('prod', 'main'))

  test('begins as GitHub says, with ids where there are some', async () => {
    const prefix = 'repo:my-org@65/my-repo@74'
    const result = await runGithub({ ...closed(), subject: { use_default: true, sub_claim_prefix: prefix } })
    expect(nextWords(result)).toContain(`subject=${prefix}:environment:prod`)
  })

  test.each([
    ['a template makes it', { use_default: false, include_claim_keys: ['repository_owner'] }],
    ['GitHub does not say', undefined],
  ])('is not guessed where %s', async (_name, subject) => {
    const { exitCode, stdout, stderr } = await runGithub({ ...closed(), subject })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('Run the workflow with dry_run: true, and give the subject= that it shows.')
    expect(stdout).not.toContain('sh set-up.sh')
  })

  test.each([
    'repo:my-org/my-repo:environment:prod:job_workflow_ref:my-org/ci/.github/workflows/x.yml@refs/heads/main',
    'repository_owner:my-org:repository_id:74:environment:prod',
    'repo:my-org@65/my-repo@74:environment:prod',
  ])('may be given where a template makes it: %s', async (subject) => {
    const settings = { ...closed(), id: 74, subject: { use_default: false } }
    const result = await runGithub(settings, [...asked, `subject=${subject}`])
    expect(result.exitCode, result.stderr).toBe(0)
    expect(nextWords(result)).toContain(`subject=${subject}`)
  })

  test('of another repository by its id is refused', async () => {
    const subject = 'subject=repository_id:75:environment:prod'
    const { exitCode, stderr } = await runGithub({ ...closed(), id: 74 }, [...asked, subject])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('my-org/my-repo has the id 74')
  })
})

describe('a private repository on the Free plan', () => {
  const free = { isPrivate: true, hasEnvironments: false }

  test('has no environments, and is told what it has', async () => {
    const { exitCode, stderr, world } = await runGithub(free)
    expect(exitCode).toBe(1)
    expect(stderr).toContain('A private repository on the Free plan has no environments: leave environment= out')
    expect(world.changes()).toHaveLength(1)
  })

  test('logs in by its branch, with variables of the repository', async () => {
    const world = await startWorld()
    const repository = world.github.add('my-org/my-repo', free)
    const values = valuesOf('my-org/my-repo', 'prod', prod).filter((word) => !word.startsWith('environment='))
    for (const _ of ['first', 'again']) {
      const ended = await runAll(values, () => newMachine(world))
      for (const { exitCode, stdout, stderr } of Object.values(ended)) expect(exitCode, stdout + stderr).toBe(0)
    }
    const [principal, ...others] = world.databricks.principals
    expect(others).toEqual([])
    expect(principal?.displayName).toBe('github my-org/my-repo refs/heads/main')
    expect(principal?.policies.map(({ oidc_policy }) => oidc_policy['subject'])).toEqual([
      'repo:my-org/my-repo:ref:refs/heads/main',
    ])
    expect(repository.variables.get('DATABRICKS_CLIENT_ID')).toBe(principal?.applicationId)
  })

  test('has variables for one stage: for a second one it says what the command would break', async () => {
    const world = await startWorld()
    const repository = world.github.add('my-org/my-repo', free)
    const machine = newMachine(world)
    const client = 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
    const run = (of: typeof prod) => {
      const values = valuesOf('my-org/my-repo', 'prod', of).filter((word) => !word.startsWith('environment='))
      return machine.run(['variables', ...values, client, '--apply'])
    }
    await run(prod)
    const first = new Map(repository.variables)
    const second = await run(stage)
    expect(second.exitCode, second.stderr).toBe(2)
    expect(second.stdout.match(/do not run the command below, which breaks the first/g)).toHaveLength(1)
    expect(second.stdout).toContain('write the values of the second one into its workflow.')
    expect(second.stdout).not.toContain('run the workflow.')
    expect(repository.variables).toEqual(first)
    expect(offered(second)).toHaveLength(2)

    for (const line of offered(second))
      expect((await machine.run([], { before: ['-c'], script: line })).exitCode).toBe(0)
    expect((await run(stage)).exitCode).toBe(0)
    expect(repository.variables.get('DATABRICKS_HOST')).toBe(`https://${stage.host}`)
  })
})

describe('another GitHub', () => {
  const closed = () => withEnvironment(closedTo('prod', 'main'))

  test.each([
    ['acme.ghe.com', 'api.acme.ghe.com', 'https://token.actions.acme.ghe.com'],
    ['git.acme.example', 'git.acme.example', 'https://git.acme.example/_services/token'],
  ])('%s', async (host, api, issuer) => {
    // An older gh takes every host but github.com for Enterprise Server.
    const world = await startWorld(api, host)
    world.github.add('my-org/my-repo', closed())
    const environment = { GH_HOST: host, GH_ENTERPRISE_TOKEN: 'gho_of_somebody' }
    const machine = newMachine(world)
    const without = await machine.run(['github', ...asked], { environment })
    expect(without.exitCode).toBe(1)
    expect(without.stderr).toContain(`issuer= is missing: for ${host} it is ${issuer}, unless`)
    const result = await machine.run(['github', ...asked, `issuer=${issuer}`], { environment })
    expect(result.exitCode, result.stderr).toBe(0)
    expect(nextWords(result)).toContain(`issuer=${issuer}`)
    const account = [
      ...nextWords(result).slice(0, 5),
      ...valuesOf('', '', prod).slice(3, 6),
      `issuer=${issuer}`,
      '--apply',
    ]
    expect((await machine.run(account)).exitCode).toBe(0)
    expect(world.databricks.principals[0]?.policies[0]?.oidc_policy).toMatchObject({ issuer })
  })
})
