import { expect, test } from 'vitest'
import { checkHostNeeds, isDatabricksDomain, isTrusted, isUuid, parseHost } from '../../src/host.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const trusts = (host: string, place: string): boolean => {
  const url = URL.parse(place)
  return url !== null && isTrusted(url, parseHost(host, true))
}

// "Trusted Databricks URL" of the SQL driver for Go, oauth_test.go, as a unified host of this action sees it:
// narrower, since other names under databricks.com are web sites.
test.each([
  ['https://dogfood.staging.databricks.com/oidc/accounts/7a99b43c', false],
  ['https://community.databricks.com/oidc', false],
  ['https://accounts.databricks.com/oidc', false],
  ['https://spog.databricks.com:8443/oidc', false],
  ['https://e2-dogfood.staging.cloud.databricks.com/oidc', true],
  ['https://accounts.staging.cloud.databricks.com/oidc/accounts/x', true],
  ['https://spog.databricks.com/oidc/accounts/acc-123', true],
  ['https://ws.cloud.databricks.com/oidc', true],
  ['https://adb-1.azuredatabricks.net/oidc', true],
  ['https://x.cloud.databricks.us/oidc', true],
  ['https://x.cloud.databricks.mil/oidc', true],
  ['https://SPOG.DATABRICKS.COM/oidc', true],
  ['https://WS.CLOUD.DATABRICKS.COM./oidc', true],
  ['https://spog.databricks.com./oidc', true],
  ['http://spog.databricks.com/oidc', false],
  ['https://evil.example.com/oidc', false],
  ['https://databricks.com.evil.example/oidc', false],
  ['https://notdatabricks.com/oidc', false],
  ['https://databricks.com/oidc', false],
  ['https://me@spog.databricks.com/oidc', false],
  ['https://me:pw@spog.databricks.com/oidc', false],
  ['https://spog.databricks.com/oidc#x', false],
  ['https://spog.databricks.com@evil.example/oidc', false],
  ['https://evil.example\\@spog.databricks.com/oidc', false],
  ['http://127.0.0.1/oidc', false],
  ['https://127.0.0.1/oidc', false],
  ['blob:https://spog.databricks.com/oidc', false],
  ['ftp://spog.databricks.com/oidc', false],
  ['://bad', false],
  ['', false],
])('a unified host is trusted with %j: %s', (place, trusted) => {
  expect(trusts('https://spog.databricks.com', place)).toBe(trusted)
})

const hosts = ['https://ws.cloud.databricks.com', 'https://accounts.cloud.databricks.com', 'https://vanity.example']
test.each(hosts)('%s is trusted with itself alone', (host) => {
  expect(trusts(host, `${host}/oidc/v1/token`)).toBe(true)
  expect(trusts(host, `${host}:443/any/path?x=y`)).toBe(true)
  expect(trusts(host, host.toUpperCase())).toBe(true)
  expect(trusts(host, `${host}./oidc/v1/token`)).toBe(true)
  expect(trusts(host, `${host}:8443/oidc/v1/token`)).toBe(false)
  expect(trusts(host, `${host.replace('https', 'http')}/oidc/v1/token`)).toBe(false)
  expect(trusts(host, `${host}.evil.example/oidc/v1/token`)).toBe(false)
  for (const other of ['https://other.cloud.databricks.com', 'https://spog.databricks.com', 'http://127.0.0.1']) {
    expect(trusts(host, other)).toBe(false)
  }
})

test('on loopback, http is trusted on the same port', () => {
  expect(trusts('http://127.0.0.1:8080', 'http://127.0.0.1:8080/oidc/v1/token')).toBe(true)
  expect(trusts('http://[::1]:8080', 'http://[::1]:8080/oidc/v1/token')).toBe(true)
  expect(trusts('http://127.0.0.1:8080', 'http://127.0.0.1:8081/oidc/v1/token')).toBe(false)
  expect(trusts('http://127.0.0.1:8080', 'http://127.0.0.2:8080/oidc/v1/token')).toBe(false)
  expect(trusts('http://127.0.0.1:8080', 'https://127.0.0.1:8080/oidc/v1/token')).toBe(false)
  expect(trusts('http://127.0.0.1:8080', 'https://ws.cloud.databricks.com/oidc/v1/token')).toBe(false)
  expect(trusts('http://127.0.0.1:8080', 'http://127.0.0.1.evil.example:8080/oidc/v1/token')).toBe(false)
})

test('an apex is not in Databricks’ domains', () => {
  expect(isDatabricksDomain('x.databricks.com')).toBe(true)
  expect(isDatabricksDomain('databricks.com')).toBe(false)
  expect(isDatabricksDomain('azuredatabricks.net')).toBe(false)
})

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

test.each([
  [accountId, true],
  [accountId.toUpperCase(), true],
  [` ${accountId}`, false],
  [`${accountId}\n`, false],
  [accountId.replaceAll('-', ''), false],
  [`{${accountId}}`, false],
  ['5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a49', false],
  ['5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a49g', false],
  ['../../../oidc', false],
  ['', false],
])('%j is a UUID: %s', (text, yes) => {
  expect(isUuid(text)).toBe(yes)
})

test.each([
  ['https://ws.cloud.databricks.com', undefined, undefined, 'none'],
  ['https://ws.cloud.databricks.com', accountId, undefined, 'none'],
  ['https://ws.cloud.databricks.com', 'abc', undefined, 'ACCOUNT_ID_INVALID'],
  ['https://ws.cloud.databricks.com', '', undefined, 'ACCOUNT_ID_INVALID'],
  ['https://accounts.cloud.databricks.com', accountId, undefined, 'none'],
  ['https://accounts.cloud.databricks.com', undefined, undefined, 'ACCOUNT_ID_MISSING'],
  ['https://accounts.cloud.databricks.com', undefined, 'mine', 'ACCOUNT_ID_MISSING'],
  ['https://accounts.cloud.databricks.com', '1/../2', undefined, 'ACCOUNT_ID_INVALID'],
  ['https://spog.databricks.com', undefined, undefined, 'none'],
  ['https://spog.databricks.com', 'x', undefined, 'ACCOUNT_ID_INVALID'],
  ['https://vanity.example', undefined, 'mine', 'none'],
  ['https://vanity.example', accountId, undefined, 'AUDIENCE_MISSING'],
])('%s with account %j and audience %j: %s', async (host, account, audience, code) => {
  expect(await codeOf(() => checkHostNeeds(parseHost(host, true), account, audience))).toBe(code)
})

test('an account id is shown in one printable line', async () => {
  const { message } = await failureOf(() => checkHostNeeds(parseHost('ws.cloud.databricks.com'), 'a\n::error::b'))
  expect(message).toBe('The account id a ::error::b is not a UUID.')
})
