import { afterEach, expect, test, vi } from 'vitest'
import { codeOf } from '../support/failures.ts'
import { readWith } from '../support/inputs.ts'

afterEach(() => vi.unstubAllEnvs())

const host = 'https://dbc-1.cloud.databricks.com'
const clientId = '0f8fad5b-d9cb-469f-a165-70867728950e'
const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const login = {
  DATABRICKS_HOST: `${host}/`,
  DATABRICKS_CLIENT_ID: clientId,
  DATABRICKS_ACCOUNT_ID: accountId,
  DATABRICKS_TOKEN_AUDIENCE: 'from-environment',
  DATABRICKS_GROUP_ID: '42',
}
const whole = { clientId, accountId, audience: 'from-environment', groupId: '42' }
const nothing = { clientId: undefined, accountId: undefined, audience: undefined, groupId: undefined }

test('a login in the environment is read whole', () => {
  expect(readWith({}, login)).toMatchObject({ host: { origin: host }, ...whole, told: [] })
})

test.each([host, `${host}/`, 'DBC-1.cloud.databricks.com.', `${host}:443/sql?o=7`])(
  'it is the same login where the input host is %s',
  (text) => {
    expect(readWith({ host: text }, login)).toMatchObject({ host: { origin: host }, ...whole, told: [] })
  },
)

test.each([
  ['another host', 'https://dbc-2.cloud.databricks.com'],
  ['a host of another kind', 'https://accounts.cloud.databricks.com'],
  ['another port', `${host}:8443`],
])('with the input of %s, nothing of it is read, and each variable is named', (_name, other) => {
  const inputs = readWith({ host: other }, login)
  expect(inputs).toMatchObject(nothing)
  expect(inputs.told).toEqual(
    ['DATABRICKS_CLIENT_ID', 'DATABRICKS_ACCOUNT_ID', 'DATABRICKS_TOKEN_AUDIENCE', 'DATABRICKS_GROUP_ID'].map(
      (name) => `${name} is not used: the host is given as an input and DATABRICKS_HOST is not that host.`,
    ),
  )
})

test.each([
  ['no host', ''],
  ['a host of spaces', '  '],
  ['a host that is none', 'http://dbc-1.cloud.databricks.com'],
  ['an unknown host', 'https://vanity.example'],
])('with %s in the environment, an input host reads nothing else there', (_name, other) => {
  expect(readWith({ host }, { ...login, DATABRICKS_HOST: other })).toMatchObject(nothing)
})

test('an input wins over the environment, one by one', () => {
  const own = { identity_federation_client_id: accountId, audience: 'mine' }
  expect(readWith(own, login)).toMatchObject({ clientId: accountId, accountId, audience: 'mine', told: [] })
})

test('an input of its own keeps a variable from being named', () => {
  const own = { host: 'https://dbc-2.cloud.databricks.com', audience: 'mine', account_id: accountId, group_id: '7' }
  expect(readWith(own, login).told).toEqual([expect.stringContaining('DATABRICKS_CLIENT_ID')])
})

test('none as an input means account-wide, whatever the environment says', () => {
  expect(readWith({ identity_federation_client_id: 'none' }, login).clientId).toBeUndefined()
  expect(readWith({}, { ...login, DATABRICKS_CLIENT_ID: 'none' }).clientId).toBeUndefined()
})

test.each([
  [{ DATABRICKS_CLIENT_ID: '74' }, 'CLIENT_ID_INVALID'],
  [{ DATABRICKS_TOKEN_AUDIENCE: 'two words' }, 'INPUT_INVALID'],
  [{ DATABRICKS_GROUP_ID: 'admins' }, 'INPUT_INVALID'],
  [{ DATABRICKS_HOST: 'http://dbc-1.cloud.databricks.com' }, 'HOST_INVALID'],
  [{ DATABRICKS_HOST: '' }, 'HOST_MISSING'],
  [{ DATABRICKS_CLIENT_ID: ' ', DATABRICKS_TOKEN_AUDIENCE: '' }, 'none'],
])('what the environment adds is validated as an input is: %j is %s', async (variables, code) => {
  expect(await codeOf(() => readWith({}, { ...login, ...variables }))).toBe(code)
})

test('what is not used is not validated', async () => {
  const environment = { ...login, DATABRICKS_CLIENT_ID: '74' }
  expect(await codeOf(() => readWith({ host: 'https://dbc-2.cloud.databricks.com' }, environment))).toBe('none')
})

test('DATABRICKS_TOKEN and secrets of other logins are no input', () => {
  const { told, ...inputs } = readWith({ host }, { DATABRICKS_TOKEN: 'dapi0', DATABRICKS_CLIENT_SECRET: 's' })
  expect(JSON.stringify(inputs)).not.toContain('dapi0')
  expect(told).toEqual([])
})

test.each([
  [{ group_id: '42' }, {}, '42', false],
  [{ group_id: '7' }, { DATABRICKS_GROUP_ID: '42' }, '7', false],
  [{ group_id: 'none' }, { DATABRICKS_GROUP_ID: '42' }, undefined, false],
  [{ group_id: 'none' }, { DATABRICKS_GROUP_ID: '' }, undefined, false],
  [{}, { DATABRICKS_GROUP_ID: 'none' }, undefined, false],
  [{}, {}, undefined, false],
  [{}, { DATABRICKS_GROUP_ID: '' }, undefined, true],
  [{ group_id: '42' }, { DATABRICKS_GROUP_ID: '' }, '42', false],
  // Another login's.
  [{ host: 'https://dbc-2.cloud.databricks.com' }, { DATABRICKS_GROUP_ID: '' }, undefined, false],
])('the group of the inputs %j and the variables %j', (inputs, variables, groupId, mayHaveLostGroup) => {
  expect(readWith(inputs, { DATABRICKS_HOST: host, ...variables })).toMatchObject({ groupId, mayHaveLostGroup })
})

test.each(['admins', '4 2', '-1', '0x2a', '4'.repeat(33), '42\n7'])('%j is the id of no group', async (group_id) => {
  expect(await codeOf(() => readWith({ host, group_id }))).toBe('INPUT_INVALID')
})
