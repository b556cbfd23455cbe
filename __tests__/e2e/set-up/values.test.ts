import { spawnSync } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../../sandbox/support.ts'
import { needsSetUp, needsShell } from '../../set-up/needs.ts'
import { inShells, newMachine, prod, startWorld, valuesOf } from '../../set-up/world.ts'
import { inRepository } from '../../support/repository.ts'

needsSetUp()
afterEach(cleanUp)

const values = valuesOf('my-org/my-repo', 'prod', prod)
const subject = 'subject=repo:my-org/my-repo:environment:prod'

/** Replaces the value of that name, or adds it. */
const withWord = (word: string) => {
  const [name] = word.split('=')
  return [...values, subject].filter((other) => !other.startsWith(`${name}=`)).concat(word)
}

const refused: readonly (readonly [word: string, why: string])[] = [
  ['repo=my-repo', 'does not fit: it has to be OWNER/NAME.'],
  ['repo=my-org/my-repo/..', 'does not fit: it has to be OWNER/NAME.'],
  ['environment=prod"', 'does not fit: it has to be the name of an environment'],
  ['environment=', 'does not fit: it has to be the name of an environment'],
  ['environment=prod\nx', 'holds a character that does not belong there'],
  ['branch=*', 'without wildcards'],
  ['branch=-x', 'without wildcards'],
  ['account_id=ACCOUNT_ID', 'does not fit: it has to be a UUID in small letters'],
  ['workspace=http://dbc-a1b2c3d4-e5f6.cloud.databricks.com', 'does not fit: it has to be https://HOST'],
  [
    'workspace=https://dbc-a1b2c3d4-e5f6.cloud.databricks.com/?o=1',
    'with nothing after the host, such as https://dbc-a1b2c3d4-e5f6.cloud.databricks.com.',
  ],
  ['workspace_id=1?x', 'does not fit: it has to be a number'],
  ['warehouse_id=WAREHOUSE_ID', 'does not fit: it has to be 16 hexadecimal digits'],
  ['client_id=me', 'does not fit: it has to be a UUID in small letters'],
  ['catalog=main.x', 'does not fit: it has to be a name of letters'],
  ['schema=$(id)', 'does not fit: it has to be a name of letters'],
  [
    'issuer=https://token.actions.githubusercontent.com/',
    'does not fit: it has to be https://HOST or https://HOST/PATH',
  ],
  ['console=accounts.cloud.databricks.com', 'does not fit: it has to be https://HOST'],
  ['subject=repo:my-org/other:environment:prod', 'does not name the repository my-org/my-repo'],
  ['subject=repo:my-org@65/my-repo-2@74:environment:prod', 'does not name the repository my-org/my-repo'],
  ['subject=environment:prod', 'does not name the repository my-org/my-repo'],
  ['subject=repo:my-org/my-repo:environment:production', 'does not hold environment:prod as a whole'],
  ['subject=repo:my-org/my-repo:ref:refs/heads/main', 'does not hold environment:prod as a whole'],
  ['subject=repo:my-org/my-repo:pull_request', 'does not hold environment:prod as a whole'],
  ['PATH=/tmp', 'there is no value named PATH'],
  ['repo environment=x', 'there is no value named repo environment'],
  ['=x', 'there is no value named .'],
  ['apply', 'apply is neither --apply nor NAME=VALUE'],
]

test.each(refused)('%j is refused before anything is asked', async (word, why) => {
  const world = await startWorld()
  const machine = newMachine(world)
  for (const role of ['github', 'account', 'workspace', 'variables']) {
    // What only the policy has to do with is looked at by the roles that make it.
    if (word.startsWith('subject=') && !['github', 'account'].includes(role)) continue
    const { exitCode, stderr } = await machine.run([role, ...withWord(word), '--apply'])
    expect([role, exitCode]).toEqual([role, 1])
    expect(stderr).toContain(why)
  }
  expect(world.requests).toEqual([])
  expect(machine.calls()).toEqual([])
})

test.each([
  ['github', ['repo', 'branch']],
  ['account', ['repo', 'subject', 'account_id', 'workspace_id']],
  ['workspace', ['client_id', 'workspace', 'workspace_id']],
  ['variables', ['repo', 'account_id', 'client_id', 'workspace']],
])('%s says which value is missing', async (role, needed) => {
  const world = await startWorld()
  const machine = newMachine(world)
  const all = [...values, subject, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71']
  for (const name of needed) {
    const { stderr } = await machine.run([role, ...all.filter((word) => !word.startsWith(`${name}=`))])
    expect(stderr).toMatch(new RegExp(`^set-up: ${name}= is missing: `))
  }
  expect(world.requests).toEqual([])
})

test.each([
  ['a value is given twice', ['account', ...values, 'repo=a/b'], 'repo= is given twice.'],
  [
    'a schema has no catalog',
    [
      'workspace',
      ...withWord('client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71').filter((word) => !word.startsWith('catalog')),
    ],
    'catalog= is missing',
  ],
  ['there is no role', [...values], 'sh set-up.sh github    [--apply] NAME=VALUE...'],
])('says so where %s', async (_name, words, why) => {
  const { exitCode, stderr } = await newMachine(await startWorld()).run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toContain(why)
})

test.each([
  ['gh', 'github', 'gh version 2.22.1 (2023-01-09)', 'gh 2.23 or newer is needed; this one is 2.22.'],
  ['databricks', 'account', 'Databricks CLI v0.299.2', 'databricks 1.0 or newer is needed; this one is 0.299.'],
  ['databricks', 'workspace', 'Version 0.18.0', 'databricks 1.0 or newer is needed; this one is 0.18.'],
  ['databricks', 'account', 'none', 'databricks 1.0 or newer is needed; this one is of no version that it tells.'],
])('an old %s is refused by role %s: %s', async (program, role, version, why) => {
  const machine = newMachine(await startWorld())
  machine.program(program, `#!/bin/sh\necho '${version}'\n`)
  const words = [role, ...values, subject, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71']
  const { exitCode, stderr } = await machine.run(words)
  expect(exitCode).toBe(1)
  expect(stderr).toContain(why)
})

test.each([
  ['jq', 'account', 'jq is not installed'],
  ['gh', 'variables', 'gh is not installed'],
  ['databricks', 'account', 'databricks is not installed'],
])('says that %s is missing', async (program, role, why) => {
  const machine = newMachine(await startWorld())
  // All that the script uses, but for one program.
  for (const name of ['jq', 'gh', 'databricks'].filter((one) => one !== program))
    machine.program(name, '#!/bin/sh\nexit 1\n')
  const words = [role, ...values, subject, 'client_id=c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71']
  const { exitCode, stderr } = await machine.run(words, { environment: { PATH: pathWithout(machine.folder, program) } })
  expect(exitCode).toBe(1)
  expect(stderr).toContain(why)
})

function pathWithout(folder: string, program: string): string {
  const tools = `${folder}/tools`
  const needed = ['cat', 'sed', 'grep', 'head', 'tr', 'mktemp', 'rm', 'env', 'mkdir', 'chmod', 'cut']
  const links = needed.map((name) => `ln -s "$(command -v ${name})" '${tools}/${name}'`)
  const others = ['jq', 'gh', 'databricks'].filter((name) => name !== program)
  const copies = others.map((name) => `cp '${folder}/bin/${name}' '${tools}/${name}'`)
  spawnSync('/bin/sh', ['-c', [`mkdir '${tools}'`, ...links, ...copies].join('\n')])
  return tools
}

test.for(inShells)('$name reads the script', (shell, context) => {
  needsShell(context, shell)
  expect(spawnSync(shell.path, ['-n', inRepository('setup', 'set-up.sh')]).status).toBe(0)
})
