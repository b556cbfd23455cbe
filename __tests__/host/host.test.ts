import { expect, test } from 'vitest'
import { namesHost, parseHost } from '../../src/host.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const workspace = 'https://dbc-1.cloud.databricks.com'

// The host formats that the SDKs take, and those that people paste from a browser.
test.each([
  ['https://abc.def.ghi', 'https://abc.def.ghi'],
  ['https://abc.def.ghi/', 'https://abc.def.ghi'],
  ['abc.def.ghi', 'https://abc.def.ghi'],
  ['abc.def.ghi/', 'https://abc.def.ghi'],
  ['https://abc.def.ghi:443', 'https://abc.def.ghi'],
  ['abc.def.ghi:443', 'https://abc.def.ghi'],
  ['abc.def.ghi:8443', 'https://abc.def.ghi:8443'],
  ['HTTPS://ABC.Def.ghi', 'https://abc.def.ghi'],
  ['https://abc.def.ghi.', 'https://abc.def.ghi'],
  ['https://abc.def.ghi.:443/', 'https://abc.def.ghi'],
  ['  https://abc.def.ghi\n', 'https://abc.def.ghi'],
  ['https://abc.def.ghi//', 'https://abc.def.ghi'],
  ['https://abc.def.ghi/sql/editor', 'https://abc.def.ghi'],
  ['https://abc.def.ghi/login.html?next_url=%2F', 'https://abc.def.ghi'],
  ['https://abc.def.ghi/#job/1', 'https://abc.def.ghi'],
  ['https://abc.def.ghi?o=1#setting/account', 'https://abc.def.ghi'],
  ['https:\\\\abc.def.ghi\\sql', 'https://abc.def.ghi'],
  ['https://abc。def。ghi', 'https://abc.def.ghi'],
  ['https://ＡＢＣ.def.ghi', 'https://abc.def.ghi'],
  ['https://bücher.def.ghi', 'https://xn--bcher-kva.def.ghi'],
  ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080'],
  ['http://127.1:8080', 'http://127.0.0.1:8080'],
  ['http://0x7f000001:8080', 'http://127.0.0.1:8080'],
  ['http://127.255.255.254', 'http://127.255.255.254'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['http://[0:0:0:0:0:0:0:1]:8080', 'http://[::1]:8080'],
  ['http://LOCALHOST.:80', 'http://localhost'],
  ['https://localhost:443', 'https://localhost'],
])('%j is %s', (text, origin) => {
  const host = parseHost(text, true)
  expect(host.origin).toBe(origin)
  expect(host.serverHostname).toBe(origin.replace(/^https?:\/\//, ''))
})

// SDK for Go, config_test.go: the ids in the query of a copied URL.
const uuid = '7a99b43c-5f3e-4c1d-9d2a-1b2c3d4e5f60'
test.each([
  ['?o=12345', { workspaceId: '12345' }],
  ['?workspace_id=12345', { workspaceId: '12345' }],
  ['?w=12345', { workspaceId: '12345' }],
  [`?w=${uuid}`, { workspaceId: uuid }],
  ['?w=12345&o=12345', { workspaceId: '12345' }],
  ['?o=12345&o=12345', { workspaceId: '12345' }],
  [`?w=${uuid}&w=${uuid.toUpperCase()}`, { workspaceId: uuid }],
  ['?w=&o=99999', { workspaceId: '99999' }],
  ['?o=notanumber', {}],
  ['?workspace_id=notanumber', {}],
  ['?o=notanumber&workspace_id=7', { workspaceId: '7' }],
  ['?a=abc', { accountId: 'abc' }],
  ['?account_id=abc', { accountId: 'abc' }],
  ['?a=abc&account_id=ABC', { accountId: 'abc' }],
  ['?o=12345&a=abc', { workspaceId: '12345', accountId: 'abc' }],
  ['?o=&a=', {}],
  ['?O=12345&A=abc', {}],
  ['#?o=12345', {}],
  ['', {}],
])('%j tells %j', (query, ids) => {
  expect(parseHost(`${workspace}/${query}`)).toEqual({
    kind: 'workspace',
    origin: workspace,
    serverHostname: workspace.slice(8),
    ...ids,
  })
})

test.each([
  '?w=%0Aevil',
  '?w=1%0ADATABRICKS_TOKEN=x',
  '?w=$(id)',
  '?w=a_b',
  '?w=1 2',
  '?o=1;id',
  '?o=%0A',
  '?workspace_id=`id`',
  `?w=${'1'.repeat(65)}`,
  '?a=%0Aevil',
  '?account_id=..%2F..',
  '?w=12345&o=99999',
  '?o=12345&o=99999',
  '?o=12345&workspace_id=99999',
  `?w=${uuid}&o=12345`,
  '?a=abc&account_id=def',
  '?a=abc&a=def',
])('%j holds no id, or two, and is refused without them', async (query) => {
  const { code, message } = await failureOf(() => parseHost(`${workspace}/${query}`))
  expect(code).toBe('HOST_INVALID')
  expect(message).toMatch(/^host (has a query|names two) /)
  expect(message).not.toMatch(/evil|DATABRICKS|;|`|\$|\.\.|99999|def/)
})

test('the id in the name of a workspace on Azure is not contradicted', async () => {
  const azure = 'https://adb-1234567890123456.7.azuredatabricks.net'
  expect(parseHost(`${azure}/?o=1234567890123456`).workspaceId).toBe('1234567890123456')
  expect(parseHost(azure)).not.toHaveProperty('workspaceId')
  expect(await codeOf(() => parseHost(`${azure}/?o=1`))).toBe('HOST_INVALID')
  expect(await codeOf(() => parseHost(`${azure}/?w=${uuid}`))).toBe('HOST_INVALID')
})

test.each([
  ['', 'HOST_MISSING'],
  [' \t\n', 'HOST_MISSING'],
  ['https://', 'HOST_INVALID'],
  ['https://:443', 'HOST_INVALID'],
  ['https:///', 'HOST_INVALID'],
  ['https://.', 'HOST_INVALID'],
  ['https://.cloud.databricks.com', 'HOST_INVALID'],
  ['https://dbc-1..cloud.databricks.com', 'HOST_INVALID'],
  ['https://dbc-1.cloud.databricks.com..', 'HOST_INVALID'],
  ['https://dbc 1.cloud.databricks.com', 'HOST_INVALID'],
  ['https://$(id).cloud.databricks.com', 'HOST_INVALID'],
  ['https://a;{sh,a};b.cloud.databricks.com', 'HOST_INVALID'],
  ['https://`id`.cloud.databricks.com', 'HOST_INVALID'],
  ["https://a'b.cloud.databricks.com", 'HOST_INVALID'],
  ['https://a&b.cloud.databricks.com', 'HOST_INVALID'],
  ['https://*.cloud.databricks.com', 'HOST_INVALID'],
  ['https://dbc-1.cloud.databricks.com:port', 'HOST_INVALID'],
  ['https://dbc-1.cloud.databricks.com:65536', 'HOST_INVALID'],
  ['https://%00.cloud.databricks.com', 'HOST_INVALID'],
  ['https://xn--a.cloud.databricks.com', 'HOST_INVALID'],
  ['http://dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['HTTP://dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['ftp://dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['wss://dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['jdbc:databricks://dbc-1.cloud.databricks.com:443', 'HOST_INVALID'],
  ['file:///etc/passwd', 'HOST_INVALID'],
  ['javascript:alert(1)', 'HOST_INVALID'],
  ['https://me@dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['https://me:secret@dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['token:dapi0@dbc-1.cloud.databricks.com', 'HOST_INVALID'],
  ['https://dbc-1.cloud.databricks.com@evil.example', 'HOST_INVALID'],
  ['http://127.0.0.1.evil.example', 'HOST_INVALID'],
  ['http://localhost.evil.example', 'HOST_INVALID'],
  ['http://0.0.0.0:8080', 'HOST_INVALID'],
  ['http://128.0.0.1', 'HOST_INVALID'],
  ['http://[::ffff:127.0.0.1]', 'HOST_INVALID'],
  ['http://[::2]', 'HOST_INVALID'],
])('%j is refused, even where unknown hosts are allowed', async (text, code) => {
  expect(await codeOf(() => parseHost(text, true))).toBe(code)
})

test.each([
  'https://databricks.com',
  'https://www.example.com',
  'https://databricks.com.evil.example',
  'https://dbc-1.cloud.databricks.com.evil.example',
  'https://notdatabricks.com',
  'https://dbc-1.notcloud.databricks.co',
  'https://dbc-1.fakeazuredatabricks.net',
  'https://azuredatabricks.net',
  'https://127.0.0.1.evil.example',
  'https://localhost.evil.example',
  'https://dbc-1.cloud.databricks.com%2eevil.example',
  'https://dbc-1.cloud.dаtabricks.com', // a Cyrillic letter
  'https://dbc-1.cloud.databricks.com.evil.example/?x=.cloud.databricks.com',
  'https://evil.example/dbc-1.cloud.databricks.com',
  'https://evil.example#dbc-1.cloud.databricks.com',
  'https://evil.example\\@dbc-1.cloud.databricks.com',
])('%j is unknown, and refused unless that is allowed', async (text) => {
  expect(await codeOf(() => parseHost(text))).toBe('HOST_UNKNOWN')
  expect(parseHost(text, true).kind).toBe('unknown')
})

test.each([
  'https://me:s3cret@dbc-1.cloud.databricks.com',
  'me:s3cret@dbc-1.cloud.databricks.com',
  'http://me:s3cret@dbc-1.cloud.databricks.com',
  'https://me:s3cret@dbc-1.cloud.databricks.com:99999',
  'https://me:s3@s3cret@dbc 1.cloud.databricks.com',
])('%j is refused without a word of its password', async (text) => {
  const { code, message } = await failureOf(() => parseHost(text))
  expect(code).toBe('HOST_INVALID')
  expect(message).not.toContain('s3')
})

test.each(['', 'https://', 'http://abc.def.ghi'])('%j is shown what a host looks like', async (text) => {
  const { advice } = await failureOf(() => parseHost(text))
  expect(advice).toContain('https://adb-1234567890123456.7.azuredatabricks.net')
  expect(advice).toContain('https://dbc-a1b2c3d4-e5f6.cloud.databricks.com')
})

test('hosts are the same by scheme, name and port', () => {
  const same = (one: string, other: string) => namesHost(one, parseHost(other, true))
  expect(same('https://abc.def.ghi/', 'ABC.def.ghi.:443?o=1')).toBe(true)
  expect(same('https://abc.def.ghi', 'https://abc.def.ghi:8443')).toBe(false)
  expect(same('http://127.0.0.1:1', 'http://127.0.0.1:2')).toBe(false)
  expect(same('http://127.0.0.1:1', 'https://127.0.0.1:1')).toBe(false)
  expect(same('no host', 'https://abc.def.ghi')).toBe(false)
})
