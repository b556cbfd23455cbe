import { expect, test } from 'vitest'
import { FAILURE_CODES } from '../../src/errors.ts'
import { CAUSES, type Cause, failuresOf, reasonsFor } from '../../src/explain/causes.ts'
import type { Evidence } from '../../src/explain/evidence.ts'
import { parseHost } from '../../src/host.ts'
import { accountId, type Claims, claimsOf, clientId, evidenceOf, now, repo } from './refused-job.ts'

const causesOf = (other: Partial<Evidence>, claims: Claims = {}): Cause[] =>
  reasonsFor(evidenceOf(other, claims)).map(({ cause }) => cause)

const policies = ['NO_ISSUER', 'OTHER_CLAIM']
const unknown = ['OTHER_PRINCIPAL', 'OTHER_ACCOUNT', ...policies]
const ofOtherAudience = ['OTHER_PRINCIPAL', ...policies]
const near = ['OTHER_STAGE', 'ENVIRONMENT', 'GITHUB_AUDIENCE']
const NO_POLICY = 'NO_MATCHING_POLICY'
const usual = [NO_POLICY, ...near, ...unknown]
const answered = (error: string, status = 400) => ({ refused: [{ claims: claimsOf(), status, error }] })
const typed = (name: string, meant?: string) => ({ undeclared: [{ name, meant }] })
const branch = `${repo}:ref:refs/heads/main`
const ids = 'repo:octo-org@65/octo-repo@74:environment:prod'
const withIds = { sub: ids, repository_id: '74', repository_owner_id: '65' }
const azure = { host: parseHost('https://adb-1.2.azuredatabricks.net') }

test.each<[string, Partial<Evidence>, Claims, string[]]>([
  ['a job with an environment', {}, {}, usual],
  ['a clock that is off', { clockSkewSeconds: 600 }, {}, usual],
  ['a scope that the host does not have', answered('invalid_scope'), {}, ['SCOPE_REFUSED', ...near, ...unknown]],
  ['an input that is none', typed('clientid', 'identity_federation_client_id'), {}, usual],
  ['no client id', { clientId: undefined }, {}, ['NO_CLIENT_ID', ...near, 'OTHER_ACCOUNT', ...policies]],
  ['a client id that nobody knows', answered('invalid_client', 401), {}, ['UNKNOWN_CLIENT', ...near, ...unknown]],
  [
    'no client id, and none that is known',
    { ...answered('invalid_client'), clientId: undefined },
    {},
    ['NO_CLIENT_ID', ...near, 'OTHER_ACCOUNT', ...policies],
  ],
  ['no account id', { accountId: undefined }, {}, ['NO_ACCOUNT_ID', ...near, ...ofOtherAudience]],
  [
    'neither id',
    { accountId: undefined, clientId: undefined },
    {},
    ['NO_CLIENT_ID', 'NO_ACCOUNT_ID', ...near, ...policies],
  ],
  [
    'an audience that is not the account id',
    { audience: 'x' },
    { aud: ['x'] },
    [NO_POLICY, 'OTHER_STAGE', 'ENVIRONMENT', 'OTHER_AUDIENCE', ...ofOtherAudience],
  ],
  [
    'an audience that is the account id',
    { audience: accountId },
    {},
    [NO_POLICY, 'OTHER_STAGE', 'ENVIRONMENT', ...unknown],
  ],
  [
    'an audience, and no account id',
    { audience: 'x', accountId: undefined },
    {},
    [NO_POLICY, 'OTHER_STAGE', 'ENVIRONMENT', 'OTHER_AUDIENCE', ...ofOtherAudience],
  ],
  [
    'a pull request',
    {},
    { sub: `${repo}:pull_request`, event_name: 'pull_request' },
    ['UNTRUSTED_EVENT', 'GITHUB_AUDIENCE', ...unknown],
  ],
  [
    'an event of strangers, and no client id',
    { eventName: 'issues', clientId: undefined },
    {},
    ['NO_CLIENT_ID', 'GITHUB_AUDIENCE', 'OTHER_ACCOUNT', ...policies],
  ],
  ['a subject with ids', {}, withIds, [NO_POLICY, 'IMMUTABLE_SUBJECT', ...near, ...unknown]],
  [
    'a subject of a template that names the job',
    {},
    { sub: `a:b:${repo}:environment:prod` },
    [NO_POLICY, 'CUSTOM_SUBJECT', 'GITHUB_AUDIENCE', ...unknown],
  ],
  [
    'a subject of a template that does not',
    {},
    { sub: 'environment:prod' },
    ['SUBJECT_TEMPLATE', 'GITHUB_AUDIENCE', ...unknown],
  ],
  [
    'capital letters',
    {},
    { sub: `${repo}:environment:Prod`, environment: 'Prod' },
    [NO_POLICY, 'CAPITAL_LETTERS', ...near, ...unknown],
  ],
  [
    'the issuer of an enterprise',
    {},
    { iss: 'https://token.actions.githubusercontent.com/octo' },
    [NO_POLICY, 'ENTERPRISE_ISSUER', ...near, ...unknown],
  ],
  ['an issuer that is not GitHub', {}, { iss: 'https://idp.example' }, usual],
  ['no issuer', {}, { iss: undefined }, usual],
  [
    'a reusable workflow',
    {},
    { job_workflow_ref: 'o/a', workflow_ref: 'o/b' },
    [NO_POLICY, ...near, 'REUSABLE_WORKFLOW', ...unknown],
  ],
  ['a workflow of its own', {}, { job_workflow_ref: 'o/a', workflow_ref: 'o/a' }, usual],
  ['a job that names one workflow', {}, { job_workflow_ref: 'o/a' }, usual],
  ['a job that names the caller alone', {}, { workflow_ref: 'o/a' }, usual],
  [
    'a tag',
    {},
    { sub: `${repo}:ref:refs/tags/v1`, ref: 'refs/tags/v1', environment: undefined },
    [NO_POLICY, 'TAG', 'GITHUB_AUDIENCE', ...unknown],
  ],
  [
    'a branch',
    {},
    { sub: branch, environment: undefined },
    [NO_POLICY, 'OTHER_STAGE', 'NO_ENVIRONMENT', 'GITHUB_AUDIENCE', ...unknown],
  ],
  [
    'a token without an owner',
    {},
    { repository_owner: undefined },
    [NO_POLICY, 'OTHER_STAGE', 'ENVIRONMENT', ...unknown],
  ],
  [
    'a subject that is not of GitHub',
    {},
    { sub: 'me', repository: undefined },
    ['SUBJECT_TEMPLATE', 'GITHUB_AUDIENCE', ...unknown],
  ],
  ['a workspace of Azure', azure, {}, [...usual, 'ENTRA_OBJECT_ID']],
  ['a token that was given', { isSubjectTokenGiven: true }, {}, ['GIVEN_TOKEN', 'ENVIRONMENT', ...ofOtherAudience]],
  [
    'a token that was given, without account id',
    { isSubjectTokenGiven: true, accountId: undefined },
    {},
    ['GIVEN_TOKEN', 'ENVIRONMENT', ...ofOtherAudience],
  ],
])('%s: what to begin with, and what else can be', (_name, other, claims, causes) => {
  expect(causesOf(other, claims)).toEqual(causes)
})

test('a job with an environment whose token names no ref is told a subject with a branch to fill in', () => {
  const reasons = reasonsFor(evidenceOf({}, { ref: undefined }))
  expect(reasons.find(({ cause }) => cause === 'ENVIRONMENT')?.text).toContain(
    `policy for ${repo}:ref:refs/heads/BRANCH `,
  )
})

test('where no policy may be shown, nothing names its subject or an environment to add', () => {
  for (const claims of [{ event_name: 'issues' }, { sub: 'environment:prod' }, { ...withIds, event_name: 'fork' }]) {
    const said = JSON.stringify(reasonsFor(evidenceOf({}, claims)))
    expect(said).not.toContain(String(claimsOf(claims).sub))
    expect(said).not.toMatch(/environment: NAME/)
  }
})

test.each([
  [60, false],
  [60.5, true],
  [-60, false],
  [-61, true],
  [0, false],
  [undefined, false],
])('a clock %s s ahead is the cause of an untimely token: %s', (clockSkewSeconds, isCause) => {
  for (const code of ['SUBJECT_TOKEN_EXPIRED', 'SUBJECT_TOKEN_NOT_YET_VALID', 'TOKEN_TOO_SHORT'] as const) {
    expect(causesOf({ code, clockSkewSeconds, refused: [] })).toEqual(isCause ? ['CLOCK_OFF'] : [])
  }
  expect(causesOf({ clockSkewSeconds, isSubjectTokenGiven: true }).includes('CLOCK_OFF')).toBe(isCause)
})

test.each([
  [59, true, true],
  [60, true, false],
  [-5, true, true],
  [undefined, true, false],
  [10, false, false],
])('a token with %s s to live, given: %s, was about to end: %s', (left, isSubjectTokenGiven, isCause) => {
  const exp = left === undefined ? undefined : now + left
  expect(causesOf({ isSubjectTokenGiven }, { exp }).includes('TOKEN_ENDING')).toBe(isCause)
})

const left = { clientId: undefined, accountId: undefined, audience: undefined }
const names = { identity_federation_client_id: { clientId }, account_id: { accountId }, audience: { audience: 'x' } }

test.each(Object.entries(names))('an input that was meant as %s is the cause where that is missing', (meant, given) => {
  const blames = (other: Partial<Evidence>) => causesOf(other).includes('UNDECLARED_INPUT')
  expect(blames({ ...left, ...typed('typo', meant) })).toBe(true)
  expect(blames({ ...left, ...given, ...typed('typo', meant) })).toBe(false)
  expect(blames({ ...names.identity_federation_client_id, accountId, audience: 'x', ...typed('typo', meant) })).toBe(
    false,
  )
})

test.each(['scope', 'host', undefined])('an input that was meant as %s explains no refusal', (meant) => {
  expect(causesOf({ ...left, ...typed('typo', meant) })).not.toContain('UNDECLARED_INPUT')
})

const untimely = ['SUBJECT_TOKEN_EXPIRED', 'SUBJECT_TOKEN_NOT_YET_VALID', 'TOKEN_TOO_SHORT']
const pages = ['METADATA_INVALID', 'EXCHANGE_INVALID', 'ANSWER_INVALID', 'VERIFY_INVALID']
const ofSql = ['WAREHOUSE_REFUSED', 'STATEMENT_REFUSED', 'STATEMENT_UNCERTAIN']
const askedOf: Record<string, Cause[]> = {
  ...Object.fromEntries(untimely.map((code) => [code, ['CLOCK_OFF']])),
  ...Object.fromEntries(pages.map((code) => [code, ['LOGIN_PAGE']])),
  ...Object.fromEntries(ofSql.map((code) => [code, ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE', 'LOGIN_PAGE']])),
  METADATA_REFUSED: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE', 'NO_SUCH_SERVER'],
  EXCHANGE_FORBIDDEN: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE'],
  VERIFY_FORBIDDEN: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE'],
  EXCHANGE_NOT_FOUND: ['NO_SUCH_SERVER'],
  SERVER_UNAVAILABLE: ['LOGIN_PAGE', 'RATE_LIMIT'],
  EXCHANGE_REFUSED: CAUSES.slice(0, CAUSES.indexOf('IP_ACCESS_LIST')),
}

test.each(FAILURE_CODES)('the causes that are asked for at all: %s', (code) => {
  expect(CAUSES.filter((cause) => failuresOf(cause).includes(code))).toEqual(askedOf[code] ?? [])
})
