import { expect, test } from 'vitest'
import { parseHost } from '../../src/host.ts'
import { refuseExistingLogin } from '../../src/runner/existing-login.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const host = 'https://dbc-1.cloud.databricks.com'
const other = 'https://dbc-2.cloud.databricks.com'
const login = parseHost(host)

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
])('a job with %j: %s', async (environment, code) => {
  expect(await codeOf(() => refuseExistingLogin(environment, login))).toBe(code)
})

test.each(['not a url', 'http://dbc-1.cloud.databricks.com', '::error::x'])(
  'the host %j of the job is not this one',
  async (text) => {
    const environment = { DATABRICKS_HOST: text }
    const { code, message } = await failureOf(() => refuseExistingLogin(environment, login))
    expect(code).toBe('EXISTING_LOGIN')
    expect(message).not.toContain(text)
  },
)

test('the way out is named, and no value of the environment', async () => {
  const environment = { DATABRICKS_TOKEN: 'dapi-secret', DATABRICKS_HOST: host }
  const { message, advice } = await failureOf(() => refuseExistingLogin(environment, login))
  expect(message).toContain('DATABRICKS_TOKEN without DATABRICKS_AUTH_TYPE=pat')
  expect(advice).toContain('export_env: false')
  expect(message + advice).not.toContain('dapi-secret')
})
