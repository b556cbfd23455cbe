import { expect, test } from 'vitest'
import { parseHost } from '../../src/host.ts'
import { standingOf } from '../../src/runner/existing-login.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const host = 'https://dbc-1.cloud.databricks.com'
const other = 'https://dbc-2.cloud.databricks.com'
const login = { host: parseHost(host), clientId: 'c', scope: 'all-apis', stayLoggedIn: false }

test.each([
  [{}, 'none'],
  [{ DATABRICKS_HOST: host }, 'none'],
  [{ DATABRICKS_HOST: 'DBC-1.cloud.databricks.com/?o=1' }, 'none'],
  [{ DATABRICKS_AUTH_TYPE: 'pat' }, 'none'],
  [{ DATABRICKS_AUTH_TYPE: '', DATABRICKS_TOKEN: '', DATABRICKS_HOST: '' }, 'none'],
  [{ DATABRICKS_CLIENT_ID: 'c', DATABRICKS_ACCOUNT_ID: 'a' }, 'none'],
  // This action's own login to the same host is renewed.
  [{ DATABRICKS_HOST: host, DATABRICKS_TOKEN: 't', DATABRICKS_AUTH_TYPE: 'pat' }, 'none'],
  [{ DATABRICKS_TOKEN: 't', DATABRICKS_AUTH_TYPE: 'pat' }, 'none'],
  [{ DATABRICKS_TOKEN: 't' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_HOST: host, DATABRICKS_TOKEN: 't' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_HOST: other }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_HOST: `${host}:8443` }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_HOST: other, DATABRICKS_TOKEN: 't', DATABRICKS_AUTH_TYPE: 'pat' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'github-oidc' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'oauth-m2m', DATABRICKS_HOST: host }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'PAT' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'metadata-service', DATABRICKS_HOST: host }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'github-oidc', DATABRICKS_HOST: host }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'github-oidc', DATABRICKS_CLIENT_ID: 'c' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'github-oidc', DATABRICKS_HOST: other, DATABRICKS_CLIENT_ID: 'c' }, 'EXISTING_LOGIN'],
  [{ DATABRICKS_AUTH_TYPE: 'github-oidc', DATABRICKS_HOST: host, DATABRICKS_CLIENT_ID: 'd' }, 'EXISTING_LOGIN'],
])('a job with %j: %s', async (environment, code) => {
  expect(await codeOf(() => standingOf(environment, login, undefined))).toBe(code)
})

test.each(['not a url', 'http://dbc-1.cloud.databricks.com', '::error::x'])(
  'the host %j of the job is not this one',
  async (text) => {
    const environment = { DATABRICKS_HOST: text }
    const { code, message } = await failureOf(() => standingOf(environment, login, undefined))
    expect(code).toBe('EXISTING_LOGIN')
    expect(message).not.toContain(text)
  },
)

test('the way out is named, and no value of the environment', async () => {
  const environment = { DATABRICKS_TOKEN: 'dapi-secret', DATABRICKS_HOST: host }
  const { message, advice } = await failureOf(() => standingOf(environment, login, undefined))
  expect(message).toContain('DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat')
  expect(advice).toContain('export_env: false')
  expect(message + advice).not.toContain('dapi-secret')
})

const official = { DATABRICKS_AUTH_TYPE: 'github-oidc', DATABRICKS_HOST: host, DATABRICKS_CLIENT_ID: 'c' }

test.each([{}, { DATABRICKS_TOKEN: 't' }, { DATABRICKS_GROUP_ID: '' }])(
  'the SDKs’ own login as the same principal is left as it is, with %j',
  (more) => {
    expect(standingOf({ ...official, ...more }, login, undefined)).toBe('beside-github-oidc')
  },
)

test.each([
  ['stay_logged_in: true', { stayLoggedIn: true }, {}],
  ['subject_token', { subjectToken: 'a.b.c' }, {}],
  ['group_id', { groupId: '42' }, {}],
  ['DATABRICKS_GROUP_ID', {}, { DATABRICKS_GROUP_ID: '42' }],
  ['scope: sql', { scope: 'sql' }, {}],
])('beside it %s is refused by name', async (name, asked, environment) => {
  const { code, message, advice } = await failureOf(() =>
    standingOf({ ...official, ...environment }, { ...login, ...asked }, undefined),
  )
  expect([code, message.startsWith(`${name} does not go together`)]).toEqual(['INPUT_INVALID', true])
  expect(advice).toContain(name)
})

const service = { DATABRICKS_AUTH_TYPE: 'metadata-service', DATABRICKS_HOST: host, DATABRICKS_TOKEN: 't' }
const staying = { origin: host, clientId: 'c', groupId: '' }

test('a login of this action that stays is left as it is, or is replaced by another that stays', () => {
  expect(standingOf(service, login, staying)).toBe('beside-staying')
  expect(standingOf(service, { ...login, groupId: '4' }, { ...staying, groupId: '4' })).toBe('beside-staying')
  expect(standingOf(service, { ...login, stayLoggedIn: true }, { ...staying, clientId: 'd' })).toBe('alone')
})

test.each([
  ['another client id', { ...staying, clientId: 'd' }],
  ['none', { ...staying, clientId: undefined }],
  ['a group', { ...staying, groupId: '4' }],
  ['another host', { ...staying, origin: other }],
])('one that stays with %s is a login of somebody else', async (_, found) => {
  expect(await codeOf(() => standingOf(service, login, found))).toBe('EXISTING_LOGIN')
})
