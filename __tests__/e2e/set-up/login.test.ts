import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../../sandbox/support.ts'
import { needsSetUp, needsShell } from '../../set-up/needs.ts'
import {
  bash,
  filesIn,
  inShells,
  leftOver,
  type Machine,
  newMachine,
  prod,
  runAll,
  startWorld,
  valuesOf,
} from '../../set-up/world.ts'

needsSetUp()
afterEach(cleanUp)

const values = valuesOf('my-org/my-repo', 'prod', prod)
const subject = 'subject=repo:my-org/my-repo:environment:prod'

/** What somebody has who works with Databricks every day, under the names that others would take, too. */
function fillHome({ home, folder }: Machine): void {
  const files = {
    [`${home}/.databrickscfg`]: [
      '[DEFAULT]\nhost = https://elsewhere.cloud.databricks.com\ntoken = dapi-of-default',
      '[account]\nhost = https://accounts.cloud.databricks.com\nclient_id = me\nclient_secret = dose-of-account',
      `[workspace]\nhost = https://${prod.host}\ntoken = dapi-of-workspace`,
      '[__settings__]\nauth_storage = plaintext\ndefault_profile = workspace\n',
    ].join('\n\n'),
    [`${home}/.databricks/token-cache.json`]: JSON.stringify({
      version: 1,
      tokens: Object.fromEntries(
        ['account', 'workspace', `https://${prod.host}`, 'https://accounts.cloud.databricks.com'].map((key) => [
          key,
          { access_token: `cached-of-${key}`, token_type: 'Bearer', expiry: '2126-01-01T00:00:00Z' },
        ]),
      ),
    }),
    [`${folder}/databricks.yml`]:
      'bundle:\n  name: other\nworkspace:\n  host: https://elsewhere.cloud.databricks.com\n',
    [`${folder}/.databricks/x`]: '',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

test('profiles, secrets and tokens of the same names and hosts stay as they are, and nobody gets them', async () => {
  const world = await startWorld()
  world.github.add('my-org/my-repo')
  const machine = newMachine(world)
  fillHome(machine)
  const before = filesIn(machine.home)
  const environment = {
    DATABRICKS_HOST: 'https://elsewhere.cloud.databricks.com',
    DATABRICKS_TOKEN: 'dapi-of-environment',
    DATABRICKS_CONFIG_PROFILE: 'workspace',
    DATABRICKS_CLIENT_ID: 'me',
    DATABRICKS_CLIENT_SECRET: 'dose',
    DATABRICKS_AUTH_TYPE: 'pat',
    DATABRICKS_CONFIG_FILE: join(machine.home, '.databrickscfg'),
    ARM_CLIENT_ID: 'arm',
    ARM_CLIENT_SECRET: 'arm-secret',
    ARM_TENANT_ID: 'tenant',
  }
  const ended = await runAll(values, () => ({
    ...machine,
    run: (words) => machine.run(words, { environment }),
  }))
  for (const { exitCode, stdout, stderr } of Object.values(ended)) expect(exitCode, stdout + stderr).toBe(0)

  const { '/gh/config.yml': _, '/gh/hosts.yml': __, ...after } = filesIn(machine.home)
  expect(after).toEqual(before)
  const sent = world.requests.map(({ headers }) => headers.authorization ?? '')
  expect(sent.filter((header) => /dapi|dose|cached|arm/.test(header))).toEqual([])
  expect(machine.logins().map(({ home }) => home)).toEqual([machine.home, machine.home])
  const profiles = machine
    .calls()
    .filter((call) => call.startsWith('auth '))
    .map((call) => call.replace(/.*--profile (\S+).*/, '$1'))
  expect(profiles).toHaveLength(4)
  expect(new Set(profiles).size).toBe(2)
  expect(machine.calls().filter((call) => call.startsWith('auth logout'))).toHaveLength(2)
  expect(leftOver(machine)).toEqual([])
})

test('what was pasted behind the command is not read as its input', async (context) => {
  // Bash reads a pipe line by line, as every shell reads a terminal.
  needsShell(context, bash)
  const world = await startWorld()
  const machine = newMachine(world)
  const pasted = `sh set-up.sh account ${[...values, subject].join(' ')} --apply\nsh set-up.sh --help\n`
  writeFileSync(join(machine.folder, 'pasted'), pasted)
  const { stdout } = await machine.run([], { before: ['-c', 'cat pasted | bash'] })
  expect(world.changes()).toHaveLength(3)
  expect(stdout).toContain('repo=OWNER/NAME')
})

test.for(inShells)(
  'a login that is broken off leaves nothing, and says so by its exit code, in $name',
  async (shell, context) => {
    needsShell(context, shell)
    const world = await startWorld()
    const machine = newMachine(world, { shell: shell.path })
    const { promise, resolve } = Promise.withResolvers<number>()
    machine.program('nobody-answers', `#!/bin/sh\ntouch '${machine.folder}/opened'\n`)
    const ended = machine.run(['account', ...values, subject], {
      environment: { BROWSER: 'nobody-answers' },
      started: ({ pid }) => resolve(pid ?? 0),
    })
    const group = -(await promise)
    await expect.poll(() => Object.keys(filesIn(machine.folder)), { timeout: 30_000 }).toContain('/opened')
    process.kill(group, 'SIGINT')
    expect((await ended).exitCode).toBe(130)
    expect(machine.calls().at(-1)).toMatch(/^auth logout --profile github-set-up-/)
    expect(leftOver(machine)).toEqual([])
    expect(world.changes()).toEqual([])
  },
)

test.each([
  ['an old CLI', { STAND_IN_VERSION: '0.299.2' }, 'databricks 1.0 or newer is needed; this one is 0.299.'],
  [
    'one that keeps its profiles elsewhere',
    { STAND_IN_PROFILE: 'elsewhere' },
    'elsewhere than in DATABRICKS_CONFIG_FILE',
  ],
])('%s is refused, and the home stays as it is', async (_name, environment, why) => {
  const world = await startWorld()
  const machine = newMachine(world, { standsIn: true })
  fillHome(machine)
  const before = filesIn(machine.home)
  const { exitCode, stderr } = await machine.run(['account', ...values, subject, '--apply'], { environment })
  expect(stderr).toContain(why)
  expect(exitCode).toBe(1)
  expect(world.changes()).toEqual([])
  expect(filesIn(machine.home)).toEqual(before)
})
