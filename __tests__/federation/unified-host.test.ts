import { expect, test } from 'vitest'
import { checkAccountIn } from '../../src/federation/account-in-path.ts'
import { readHostConfig } from '../../src/federation/unified-host.ts'
import { parseHost } from '../../src/host.ts'
import { codeOf, failureOf } from '../support/failures.ts'

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const otherId = '0f8fad5b-d9cb-469f-a165-70867728950e'
const host = parseHost('https://spog.databricks.com')
const open = `${host.origin}/oidc/accounts/{account_id}`
const server = `${host.origin}/oidc/accounts/${accountId}`

/** The configuration of a host that answers with this document. */
const configOf = (document: Record<string, unknown>, given?: string) => readHostConfig(document, host, given)

test('everything that it tells is read', () => {
  const document = {
    oidc_endpoint: open,
    account_id: accountId,
    workspace_id: '6051921418418893',
    cloud: 'AWS',
    host_type: 'unified',
    token_federation_default_oidc_audiences: [`${server}/v1/token`],
  }
  expect(configOf(document)).toEqual({
    server,
    accountId,
    workspaceId: '6051921418418893',
    defaultAudience: `${server}/v1/token`,
  })
})

test.each([
  [open, accountId, undefined, server],
  [open, accountId.toUpperCase(), accountId, server],
  [
    server.toUpperCase().replace('HTTPS://SPOG.DATABRICKS.COM/OIDC/ACCOUNTS', `${host.origin}/oidc/accounts`),
    undefined,
    accountId,
    server.replace(accountId, accountId.toUpperCase()),
  ],
  [`https://spog.databricks.com./oidc/accounts/{account_id}`, accountId, undefined, server],
  [`${server}/${'/'.repeat(20)}`, undefined, undefined, server],
  [open, undefined, accountId, server],
  [`${open}/`, accountId, undefined, server],
  [`${open}//`, accountId, undefined, server],
  [server, undefined, undefined, server],
  [server, otherId, undefined, server],
  [`${host.origin}/oidc`, accountId, undefined, `${host.origin}/oidc`],
  [host.origin, undefined, undefined, host.origin],
  ['https://ws.cloud.databricks.com/oidc', undefined, undefined, 'https://ws.cloud.databricks.com/oidc'],
  [`${open}/{account_id}`, accountId, undefined, `${server}/${accountId}`],
])('the endpoint %j with account %j, given %j: %s', (oidc_endpoint, account_id, given, expected) => {
  expect(configOf({ oidc_endpoint, account_id }, given).server).toBe(expected)
})

test.each([
  [accountId, accountId],
  [accountId.toUpperCase(), accountId.toUpperCase()],
  ['acc-123', undefined],
  ['', undefined],
  [7, undefined],
  [null, undefined],
  [[accountId], undefined],
  [`${accountId}/..`, undefined],
])('the account %j is read as %j', (account_id, expected) => {
  expect(configOf({ oidc_endpoint: server, account_id }).accountId).toBe(expected)
})

test.each([
  ['1111', '1111'],
  [6051921418418893, '6051921418418893'],
  [otherId, otherId],
  ['', undefined],
  [null, undefined],
  [true, undefined],
  [1.5, undefined],
  [1e21, undefined],
  ['a b', undefined],
  ['a_b', undefined],
  ['$(id)', undefined],
  ['a\nDATABRICKS_TOKEN=x', undefined],
  ['x'.repeat(65), undefined],
])('the workspace %j is read as %j', (workspace_id, expected) => {
  expect(configOf({ oidc_endpoint: server, workspace_id }).workspaceId).toBe(expected)
})

test.each([
  [[accountId], undefined],
  [[`${host.origin}/oidc/v1/token`], `${host.origin}/oidc/v1/token`],
  [[otherId, accountId], undefined],
  [[host.origin], host.origin],
  [[`${host.origin}/`], `${host.origin}/`],
  [[`${host.origin}/oidc\n/v1/token`], undefined],
  [[` ${host.origin}/oidc`], undefined],
  [['https://SPOG.databricks.com/oidc'], undefined],
  [['https://spog.databricks.com\\\\oidc'], undefined],
  [['https://me@spog.databricks.com/oidc'], undefined],
  [['https://:secret@spog.databricks.com/oidc'], undefined],
  [['https://github.com/octo-org', accountId], undefined],
  [['https://ws.cloud.databricks.com/oidc/v1/token'], undefined],
  [['http://spog.databricks.com/oidc'], undefined],
  [['https://spog.databricks.com:8443/oidc'], undefined],
  [['https://spog.databricks.com.evil.example/oidc'], undefined],
  [['databricks'], undefined],
  [[7], undefined],
  [[], undefined],
  [accountId, undefined],
  [{ 0: accountId }, undefined],
  [null, undefined],
])('of the audiences %j, %j is used', (token_federation_default_oidc_audiences, expected) => {
  const document = { oidc_endpoint: server, token_federation_default_oidc_audiences }
  expect(configOf(document).defaultAudience).toBe(expected)
})

test.each([
  [undefined, 'METADATA_INVALID'],
  [null, 'METADATA_INVALID'],
  [7, 'METADATA_INVALID'],
  ['', 'METADATA_INVALID'],
  ['/oidc', 'METADATA_INVALID'],
  ['://bad', 'METADATA_INVALID'],
  [open, 'ACCOUNT_ID_MISSING'],
  ['http://spog.databricks.com/oidc', 'METADATA_UNTRUSTED'],
  ['https://evil.example/oidc', 'METADATA_UNTRUSTED'],
  ['https://evil.example/{account_id}', 'ACCOUNT_ID_MISSING'],
  ['https://spog.databricks.com#x', 'METADATA_UNTRUSTED'],
  ['https://community.databricks.com/oidc', 'METADATA_UNTRUSTED'],
  ['https://spog.databricks.com.:8443/oidc', 'METADATA_UNTRUSTED'],
])('the endpoint %j alone is refused: %s', async (oidc_endpoint, code) => {
  expect(await codeOf(() => configOf({ oidc_endpoint }))).toBe(code)
})

test('a host that points elsewhere is told, without the rest of the URL', async () => {
  const { message } = await failureOf(() => configOf({ oidc_endpoint: 'https://evil.example:8443/a?b' }))
  expect(message).toBe(
    'The configuration of https://spog.databricks.com points to https://evil.example:8443, which is neither that host nor a workspace or account console.',
  )
})

const account = (id: string) => `${host.origin}/oidc/accounts/${id}`

test.each([
  [{ oidc_endpoint: open, account_id: otherId }],
  [{ oidc_endpoint: open, account_id: 'acc-123' }],
  [{ oidc_endpoint: open, account_id: 7 }],
  [{ oidc_endpoint: account(otherId), account_id: accountId }],
  [{ oidc_endpoint: account(`${otherId}/accounts/${accountId}`) }],
  [{ oidc_endpoint: account(`/${accountId}`) }],
  [{ oidc_endpoint: account(`${accountId}/../${otherId}`) }],
  [{ oidc_endpoint: `${host.origin}/oidc/ACCOUNTS/${otherId}` }],
  [{ oidc_endpoint: `${host.origin}/oidc/%61ccounts/${otherId}` }],
  [{ oidc_endpoint: `${host.origin}/oidc/accounts%2F${otherId}` }],
  [{ oidc_endpoint: `https://accounts.cloud.databricks.com/oidc/accounts/${otherId}` }],
])('%j is of another account than the one given, and refused', async (document) => {
  const { code, message } = await failureOf(() => configOf(document, accountId))
  expect(code).toBe('METADATA_UNTRUSTED')
  expect(message).toContain(`another account than the one given, ${accountId}.`)
})

test('an endpoint of a megabyte of slashes is no URL, and is told at once', async () => {
  const oidc_endpoint = `${host.origin}${'/'.repeat(1_000_000)}x`
  expect(await codeOf(() => configOf({ oidc_endpoint }))).toBe('METADATA_INVALID')
})

test('what a host does not tell is left out', () => {
  expect(readHostConfig({ oidc_endpoint: `${host.origin}/oidc` }, host, undefined)).toStrictEqual({
    server: `${host.origin}/oidc`,
  })
})

const elsewhere = 'points to https://evil.example, which is neither that host nor a workspace or account console.'

test.each([
  [{}, 'METADATA_INVALID', 'names no oidc_endpoint.'],
  [{ oidc_endpoint: '://bad' }, 'METADATA_INVALID', 'names an oidc_endpoint that is not a URL.'],
  [{ oidc_endpoint: open }, 'ACCOUNT_ID_MISSING', 'leaves the account open, and names none that is a UUID.'],
  [{ oidc_endpoint: 'https://evil.example/x' }, 'METADATA_UNTRUSTED', elsewhere],
])('of the configuration %j it is said what is wrong', async (document, code, said) => {
  const failure = await failureOf(() => readHostConfig(document, host, undefined))
  expect([failure.code, failure.message]).toEqual([code, `The configuration of https://spog.databricks.com ${said}`])
})

test('another account than the one given is told, with the one that the host named', async () => {
  const document = { oidc_endpoint: open, account_id: otherId }
  expect(await failureOf(() => readHostConfig(document, host, accountId))).toMatchObject({
    code: 'METADATA_UNTRUSTED',
    serverText: otherId,
    message: `The configuration of https://spog.databricks.com names another account than the one given, ${accountId}.`,
  })
})

test('where the other account stands is told', async () => {
  const document = { oidc_endpoint: `${host.origin}/oidc/accounts/${otherId}` }
  expect((await failureOf(() => readHostConfig(document, host, accountId))).message).toBe(
    `The authorization server that https://spog.databricks.com points to is of another account than the one given, ${accountId}.`,
  )
  const url = new URL(document.oidc_endpoint)
  expect((await failureOf(() => checkAccountIn(url, accountId, 'It'))).message).toBe(
    `It is of another account than the one given, ${accountId}.`,
  )
})
