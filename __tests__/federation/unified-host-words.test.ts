import { expect, test } from 'vitest'
import { checkAccountIn } from '../../src/federation/account-in-path.ts'
import { readHostConfig } from '../../src/federation/unified-host.ts'
import { parseHost } from '../../src/host.ts'
import { failureOf } from '../support/failures.ts'

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const otherId = '0f8fad5b-d9cb-469f-a165-70867728950e'
const host = parseHost('https://spog.databricks.com')
const open = `${host.origin}/oidc/accounts/{account_id}`

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
  expect([failure.code, failure.message]).toEqual([
    ...[code, `The configuration of https://spog.databricks.com ${said}`],
  ])
})

test('another account than the one given is told, with the one that the host named', async () => {
  const document = { oidc_endpoint: open, account_id: otherId }
  expect(await failureOf(() => readHostConfig(document, host, accountId))).toMatchObject({
    ...{ code: 'METADATA_UNTRUSTED', serverText: otherId },
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
