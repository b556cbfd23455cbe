import { expect, test } from 'vitest'
import type { FailureCode } from '../../src/errors.ts'
import { reasonsFor } from '../../src/explain/causes.ts'
import { parseHost } from '../../src/host.ts'
import { accountId, evidenceOf } from './refused-job.ts'

const hosts = {
  workspace: parseHost('https://dbc-1.cloud.databricks.com'),
  account: parseHost('https://accounts.cloud.databricks.com'),
  unified: parseHost('https://spog.databricks.com'),
}

/** What explains an answer that is no refused exchange. */
const explained = (code: FailureCode, serverText: string, happened = 'x', kind: keyof typeof hosts = 'workspace') =>
  reasonsFor(evidenceOf({ code, serverText, happened, refused: [], host: hosts[kind] }))

const blocked = 'Source IP address: 203.0.113.7 is blocked by Databricks IP ACL for workspace: 6051921418418893'
const answers: [FailureCode, serverText: string, cause: string | undefined, says?: RegExp][] = [
  ['METADATA_REFUSED', blocked, 'IP_ACCESS_LIST', /^The IP access list of dbc-1\.cloud.* Add it, or run the job on/],
  ['EXCHANGE_FORBIDDEN', blocked.toLowerCase(), 'IP_ACCESS_LIST'],
  ['VERIFY_FORBIDDEN', `source ip address${' '.repeat(80)}is blocked`, 'IP_ACCESS_LIST'],
  ['VERIFY_FORBIDDEN', `source ip address${'x'.repeat(80)}blocked`, 'IP_ACCESS_LIST'],
  ['VERIFY_FORBIDDEN', 'Source IP address\nblocked', 'IP_ACCESS_LIST'],
  ['VERIFY_FORBIDDEN', `source ip address${'x'.repeat(81)}blocked`, undefined],
  ['VERIFY_FORBIDDEN', 'the account is blocked', undefined],
  [
    'VERIFY_FORBIDDEN',
    'Invalid access to Org: 7',
    'NOT_IN_WORKSPACE',
    /no member of the workspace dbc-1\.cloud.* correct the variables\. Otherwise assign the service/,
  ],
  ['EXCHANGE_FORBIDDEN', 'invalid access to org', 'NOT_IN_WORKSPACE'],
  ['VERIFY_FORBIDDEN', 'Forbidden', undefined],
  ['METADATA_INVALID', '<!DOCTYPE html><title>Sign In</title>', 'LOGIN_PAGE', /dbc-1\.cloud.* Set host to the URL of/],
  ['EXCHANGE_INVALID', 'text/html; charset=utf-8', 'LOGIN_PAGE'],
  ['ANSWER_INVALID', '<HTML>', 'LOGIN_PAGE'],
  ['VERIFY_INVALID', 'text/plain', undefined],
]

test.each(answers)('%s of %j is explained by %s', (code, serverText, cause, says = /^[A-Z].*\.$/) => {
  const [reason, ...others] = explained(code, serverText)
  expect([reason?.cause, others]).toEqual([cause, []])
  if (reason !== undefined) expect(reason.text).toMatch(says)
})

const config = 'Host configuration: h answered'

test.each([
  ['EXCHANGE_NOT_FOUND', 'Token exchange: h answered 404.', 'NO_SUCH_SERVER', /Set host to the URL that the browser/],
  ['EXCHANGE_NOT_FOUND', 'whatever', 'NO_SUCH_SERVER', /^dbc-1\.cloud\.databricks\.com is not the address of a work/],
  ['METADATA_REFUSED', `${config} 404.`, 'NO_SUCH_SERVER', /is not the address of a workspace/],
  ['METADATA_REFUSED', `${config} 404 at /x.`, 'NO_SUCH_SERVER', /is not the address of a workspace/],
  ['METADATA_REFUSED', `${config} 501 at /404/x.`, undefined, undefined],
  ['METADATA_REFUSED', 'h-1404: answered 4040', undefined, undefined],
  ['SERVER_UNAVAILABLE', `${config} 429.`, 'RATE_LIMIT', /429.*\. Set max-parallel for the matrix/],
  ['SERVER_UNAVAILABLE', `${config} 503.`, undefined, undefined],
  ['SERVER_UNAVAILABLE', 'h-1429: answered 4290', undefined, undefined],
] as const)('%s, where it says %j, is explained by %s', (code, happened, cause, says = /./) => {
  const [reason] = explained(code, '', happened)
  expect(reason?.cause).toBe(cause)
  if (reason !== undefined) expect(reason.text).toMatch(says)
})

const unknownAccount = `knows no account with the id ${accountId}. Check account_id, or set`

test('an account console without an authorization server is asked for another account', () => {
  const [reason] = explained('EXCHANGE_NOT_FOUND', '', 'x', 'account')
  expect(reason?.text).toContain(`accounts.cloud.databricks.com ${unknownAccount}`)
})

test.each([
  ['METADATA_REFUSED', `/oidc/accounts/${accountId}/.well-known/oauth-authorization-server`, true],
  ['EXCHANGE_NOT_FOUND', `/oidc/accounts/${accountId}/v1/token`, true],
  ['METADATA_REFUSED', '/oidc/accounts/another/.well-known/oauth-authorization-server', false],
  ['METADATA_REFUSED', '/oidc/.well-known/oauth-authorization-server', false],
] as const)('%s of a unified host at %s tells that it does not know the account: %s', (code, path, tells) => {
  const [reason] = explained(code, '', `Request: spog.databricks.com answered 404 at ${path}.`, 'unified')
  expect([reason?.cause, reason?.text.includes(`spog.databricks.com ${unknownAccount}`)]).toEqual([
    'NO_SUCH_SERVER',
    tells,
  ])
})

test('without an account id no host is said not to know it', () => {
  const happened = 'Request: spog.databricks.com answered 404 at /oidc/accounts//v1/token.'
  const [reason] = reasonsFor(
    evidenceOf({ code: 'EXCHANGE_NOT_FOUND', happened, refused: [], host: hosts.unified, accountId: undefined }),
  )
  expect(reason?.text).toContain('is not the address of a workspace')
})
