import { expect, test } from 'vitest'
import { FAILURE_CODES } from '../../src/errors.ts'
import { CAUSES, type Cause, failuresOf, reasonsFor } from '../../src/explain/causes.ts'
import type { Evidence } from '../../src/explain/evidence.ts'
import { accountId, type Claims, claimsOf, clientId, evidenceOf, now, repo } from './refused-job.ts'

const causesOf = (other: Partial<Evidence>, claims: Claims = {}): Cause[] =>
  reasonsFor(evidenceOf(other, claims)).map(({ cause }) => cause)

const anyPolicy = ['NO_ISSUER', 'OTHER_CLAIM', 'OTHER_PRINCIPAL']
const usual = ['GITHUB_AUDIENCE', 'ENVIRONMENT', ...anyPolicy]
const answered = (error: string, status = 400) => ({ refused: [{ claims: claimsOf(), status, error }] })
const typed = (name: string, meant?: string) => ({ undeclared: [{ name, meant }] })
const branch = `${repo}:ref:refs/heads/main`
const without = (claim: string, ...more: string[]) => [...more, ...usual.filter((name) => name !== claim)]

test.each<[string, Partial<Evidence>, Claims, string[]]>([
  ['a job with an environment', {}, {}, usual],
  ['a clock that is off', { clockSkewSeconds: 600 }, {}, usual],
  ['a scope that the host does not have', answered('invalid_scope'), {}, ['SCOPE_REFUSED', ...usual]],
  ['an input that is none', typed('clientid', 'identity_federation_client_id'), {}, usual],
  ['no client id', { clientId: undefined }, {}, without('OTHER_PRINCIPAL', 'NO_CLIENT_ID')],
  ['a client id that nobody knows', answered('invalid_client', 401), {}, ['UNKNOWN_CLIENT', ...usual]],
  [
    'no client id, and none that is known',
    { ...answered('invalid_client'), clientId: undefined },
    {},
    without('OTHER_PRINCIPAL', 'NO_CLIENT_ID'),
  ],
  ['no account id', { accountId: undefined }, {}, ['NO_ACCOUNT_ID', ...usual]],
  ['an audience that is not the account id', { audience: 'x' }, {}, without('GITHUB_AUDIENCE', 'OTHER_AUDIENCE')],
  ['an audience that is the account id', { audience: accountId }, {}, without('GITHUB_AUDIENCE')],
  [
    'an audience, and no account id',
    { audience: 'x', accountId: undefined },
    {},
    without('GITHUB_AUDIENCE', 'OTHER_AUDIENCE'),
  ],
  ['a pull request', {}, { sub: `${repo}:pull_request` }, without('ENVIRONMENT', 'PULL_REQUEST')],
  [
    'a subject with ids',
    {},
    { sub: 'repo:octo-org@65/octo-repo@74:environment:prod' },
    ['IMMUTABLE_SUBJECT', ...usual],
  ],
  ['a subject of a template', {}, { sub: 'environment:prod' }, without('ENVIRONMENT', 'CUSTOM_SUBJECT')],
  [
    'the issuer of an enterprise',
    {},
    { iss: 'https://token.actions.githubusercontent.com/octo' },
    ['ENTERPRISE_ISSUER', ...usual],
  ],
  ['an issuer that is not GitHub', {}, { iss: 'https://idp.example' }, usual],
  ['no issuer', {}, { iss: undefined }, usual],
  ['a reusable workflow', {}, { job_workflow_ref: 'o/a', workflow_ref: 'o/b' }, ['REUSABLE_WORKFLOW', ...usual]],
  ['a workflow of its own', {}, { job_workflow_ref: 'o/a', workflow_ref: 'o/a' }, usual],
  ['a job that names one workflow', {}, { job_workflow_ref: 'o/a' }, usual],
  ['a job that names the caller alone', {}, { workflow_ref: 'o/a' }, usual],
  ['a tag', {}, { sub: `${repo}:ref:refs/tags/v1` }, ['TAG', 'GITHUB_AUDIENCE', ...anyPolicy]],
  ['a branch', {}, { sub: branch }, ['NO_ENVIRONMENT', 'GITHUB_AUDIENCE', ...anyPolicy]],
  ['a token without an owner', {}, { repository_owner: undefined }, without('GITHUB_AUDIENCE')],
  ['a subject that is not of GitHub', {}, { sub: 'me', repository: undefined }, without('ENVIRONMENT')],
  ['a token that was given', { isSubjectTokenGiven: true }, {}, ['ENVIRONMENT', 'GIVEN_TOKEN', ...anyPolicy]],
  [
    'a token that was given, without account id',
    { isSubjectTokenGiven: true, accountId: undefined },
    {},
    ['ENVIRONMENT', 'GIVEN_TOKEN', ...anyPolicy],
  ],
  ['no token that is known', { refused: [] }, {}, anyPolicy],
])('%s: what can be the cause, likeliest first', (_name, other, claims, causes) => {
  expect(causesOf(other, claims)).toEqual(causes)
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
const askedOf: Record<string, Cause[]> = {
  ...Object.fromEntries(untimely.map((code) => [code, ['CLOCK_OFF']])),
  ...Object.fromEntries(pages.map((code) => [code, ['LOGIN_PAGE']])),
  METADATA_REFUSED: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE', 'NO_SUCH_SERVER'],
  EXCHANGE_FORBIDDEN: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE'],
  VERIFY_FORBIDDEN: ['IP_ACCESS_LIST', 'NOT_IN_WORKSPACE'],
  EXCHANGE_NOT_FOUND: ['NO_SUCH_SERVER'],
  SERVER_UNAVAILABLE: ['RATE_LIMIT'],
  EXCHANGE_REFUSED: CAUSES.slice(0, CAUSES.indexOf('IP_ACCESS_LIST')),
}

test.each(FAILURE_CODES)('the causes that are asked for at all: %s', (code) => {
  expect(CAUSES.filter((cause) => failuresOf(cause).includes(code))).toEqual(askedOf[code] ?? [])
})
