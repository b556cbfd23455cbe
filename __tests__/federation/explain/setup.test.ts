import { expect, test } from 'vitest'
import { setupFor } from '../../../src/federation/explain/setup.ts'
import { parseHost } from '../../../src/host.ts'

const workspace = 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'
const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

const setupOf = (isGiven: boolean, host = workspace, clientId?: string, warehouseId?: string) =>
  setupFor({
    host: parseHost(host),
    isGiven,
    shown: {
      iss: 'https://login.example.com',
      sub: 'me',
      aud: ['databricks'],
      exp: 300,
      repository: 'octo-org/octo-repo',
    },
    clientId,
    accountId,
    audience: undefined,
    warehouseId,
    eventName: undefined,
    now: 0,
  })

test.each([
  ['a given token: its own', true, 'databricks', ['databricks']],
  [
    'a token of GitHub: the one that a login asks for',
    false,
    accountId,
    ['databricks', `(a login asks for ${accountId})`],
  ],
])('the audience of %s', (_name, isGiven, audience, told) => {
  const { rows, policy } = setupOf(isGiven)
  expect(rows.find(({ name }) => name === 'audience')?.sent).toEqual(told)
  expect(policy).toMatchObject({ file: expect.stringContaining(`"audiences": ["${audience}"]`) })
})

const used = (commands: string[]) => new Set(commands.join('\n').match(/(?<=--profile )\w+/g))
const made = (commands: string[]) => commands.filter((command) => command.startsWith('databricks auth login'))

test.each([
  ['a workspace', workspace, ['account', 'workspace']],
  ['an account console', 'https://accounts.cloud.databricks.com', ['account']],
])('the commands for %s use the profiles that its logins make', (_name, host, profiles) => {
  for (const clientId of [undefined, 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71']) {
    const commands = setupOf(false, host, clientId).steps.map(({ command }) => command)
    expect([...used(made(commands))].sort()).toEqual(profiles)
    expect([...used(commands)].sort()).toEqual(profiles)
  }
})

test.each([
  ['as the job knows it', '0123456789abcdef', '0123456789abcdef'],
  ['with a place for it', undefined, 'WAREHOUSE_ID'],
  ['with a place for it, rather than a text that is none', 'x; rm', 'WAREHOUSE_ID'],
])('the warehouse: %s', (_name, warehouseId, shown) => {
  const commands = setupOf(false, workspace, undefined, warehouseId).steps.map(({ command }) => command)
  expect(commands.join('\n')).toContain(`databricks warehouses update-permissions ${shown} `)
  expect(commands.join('\n')).toContain(`gh variable set DATABRICKS_WAREHOUSE_ID -R octo-org/octo-repo -b ${shown}`)
})
