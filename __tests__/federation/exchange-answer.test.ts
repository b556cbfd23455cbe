import { afterEach, expect, test } from 'vitest'
import { readSubjectToken } from '../../src/federation/subject-token.ts'
import { LAST_TIME } from '../../src/time.ts'
import { cleanUp } from '../sandbox/support.ts'
import { codeOf, failureOf } from '../support/failures.ts'
import { unverifiableJwt } from '../support/jwt.ts'
import { accepted, exchangeWith, now, subjectJwt } from '../support/token-endpoint.ts'

afterEach(cleanUp)

const token = (access_token: unknown) => ({ ...accepted, access_token })

test.each([
  ['an opaque token', token('abcdefghij'), 'none'],
  ['every character of a b64token', token('aZ09-._~+/aZ09-._~+/=='), 'none'],
  ['16384 characters', token('x'.repeat(16_384)), 'none'],
  ['16385 characters', token('x'.repeat(16_385)), 'EXCHANGE_INVALID'],
  ['9 characters', token('abcdefghi'), 'EXCHANGE_INVALID'],
  ['an empty token', token(''), 'EXCHANGE_INVALID'],
  ['no token', { token_type: 'Bearer' }, 'EXCHANGE_INVALID'],
  ['null for a token', token(null), 'EXCHANGE_INVALID'],
  ['a number for a token', token(1_234_567_890_123), 'EXCHANGE_INVALID'],
  ['a space in the token', token('abcde fghij'), 'EXCHANGE_INVALID'],
  ['a newline after the token', token('abcdefghij\n'), 'EXCHANGE_INVALID'],
  ['a command in the token', token('abcdefghij\n::error::x'), 'EXCHANGE_INVALID'],
  ['a letter outside ASCII', token('abcdefghijé'), 'EXCHANGE_INVALID'],
  ['an equals sign inside', token('abcde=fghij'), 'EXCHANGE_INVALID'],
  ['the subject token', token(subjectJwt), 'EXCHANGE_INVALID'],
  ['the subject token in another spelling', token(`${subjectJwt}==`), 'EXCHANGE_INVALID'],
  [
    'another token of GitHub',
    token(unverifiableJwt({ iss: 'https://github.corp.example/_services/token' })),
    'EXCHANGE_INVALID',
  ],
  ['a token of an issuer that nobody knows', token(unverifiableJwt({ iss: 'https://idp.example' })), 'none'],
  ['bearer in lower case', { ...accepted, token_type: 'bearer' }, 'none'],
  ['BEARER in capitals', { ...accepted, token_type: 'BEARER' }, 'none'],
  ['another token type', { ...accepted, token_type: 'mac' }, 'EXCHANGE_INVALID'],
  ['a longer token type', { ...accepted, token_type: 'Bearer token' }, 'EXCHANGE_INVALID'],
  ['no token type', { access_token: accepted.access_token }, 'EXCHANGE_INVALID'],
  ['null for a token type', { ...accepted, token_type: null }, 'EXCHANGE_INVALID'],
  ['a scope', { ...accepted, scope: 'sql all-apis' }, 'none'],
  ['a scope that is no text', { ...accepted, scope: ['sql'] }, 'EXCHANGE_INVALID'],
  ['null for a scope', { ...accepted, scope: null }, 'EXCHANGE_INVALID'],
  ['all that a scope may hold', { ...accepted, scope: 'sql all-apis files:read a.b/c_d' }, 'none'],
  ['an empty scope', { ...accepted, scope: '' }, 'none'],
  ['a command in the scope', { ...accepted, scope: 'sql $(id)' }, 'EXCHANGE_INVALID'],
  ['another command in the scope', { ...accepted, scope: '`id`' }, 'EXCHANGE_INVALID'],
  ['a workflow expression in the scope', { ...accepted, scope: '{{secrets}}' }, 'EXCHANGE_INVALID'],
  ['a newline in the scope', { ...accepted, scope: 'sql\nall-apis' }, 'EXCHANGE_INVALID'],
  ['HTML', { status: 200, text: '<html></html>', headers: { 'content-type': 'text/html' } }, 'EXCHANGE_INVALID'],
  ['JSON as text', { status: 200, text: JSON.stringify(accepted) }, 'EXCHANGE_INVALID'],
  ['broken JSON', { status: 200, text: '{', headers: { 'content-type': 'application/json' } }, 'EXCHANGE_INVALID'],
  ['an array', { status: 200, json: [accepted] }, 'EXCHANGE_INVALID'],
  ['null', { status: 200, json: null }, 'EXCHANGE_INVALID'],
])('an answer with %s', async (_name, answer, code) => {
  expect(await codeOf(() => exchangeWith(answer))).toBe(code)
})

test.each([
  [300, now + 300],
  [299.9, now + 299],
  ['300', now + 300],
  ['300.5', now + 300],
  ['300.25', now + 300],
  [3600, now + 3600],
  [1e300, LAST_TIME],
  [41, now + 41],
  // Without it, an opaque token is taken to end with its subject token.
  [undefined, now + 300],
])('expires_in %j of an opaque token: it ends at %d', async (expires_in, expiresAt) => {
  expect((await exchangeWith({ ...accepted, expires_in })).issued.expiresAt).toBe(expiresAt)
})

test.each([0, -1, '0', '-1', '', ' ', 'soon', '1e3', '0x10', '300 s', null, true, [], ['300'], {}, '1e999'])(
  'expires_in %j is no lifetime',
  async (expires_in) => {
    expect(await codeOf(() => exchangeWith({ ...accepted, expires_in }))).toBe('EXCHANGE_INVALID')
  },
)

test('an expires_in too large for a number is no lifetime', async () => {
  const text = JSON.stringify(accepted).replace('300', '1e999')
  const headers = { 'content-type': 'application/json' }
  expect(await codeOf(() => exchangeWith({ status: 200, text, headers }))).toBe('EXCHANGE_INVALID')
})

test.each([
  ['its own exp is the earlier', now + 200, 300, now + 200],
  ['expires_in is the earlier', now + 400, 300, now + 300],
  ['only its own exp is known', now + 200, undefined, now + 200],
  ['its own exp counts though the subject token ends before', now + 3600, undefined, now + 3600],
  ['its own exp is no time', 'later', 300, now + 300],
  ['neither is known', undefined, undefined, now + 300],
])('the end of a JWT: %s', async (_name, exp, expires_in, expiresAt) => {
  const access_token = unverifiableJwt({ iss: 'https://ws.cloud.databricks.com/oidc', exp })
  const { issued } = await exchangeWith({ ...accepted, access_token, expires_in })
  expect(issued.expiresAt).toBe(expiresAt)
})

test.each([
  [40, undefined],
  [39, undefined],
  [1, undefined],
  [300, now + 40],
  [undefined, now - 60],
])('expires_in %j and exp %j are too few seconds to use', async (expires_in, exp) => {
  const access_token = exp === undefined ? accepted.access_token : unverifiableJwt({ exp })
  const failure = await failureOf(() => exchangeWith({ ...accepted, access_token, expires_in }))
  expect(failure.code).toBe('TOKEN_TOO_SHORT')
  expect(failure.message).toMatch(/ends at 2027-01-15T0\d:\d\d:\d\dZ, in -?\d{1,2} s; 40 s are too few to use it\.$/)
})

test('no part of an answer is repeated in an error', async () => {
  const secret = 'top secret token'
  for (const answer of [token(secret), { ...accepted, token_type: secret }, { ...accepted, expires_in: secret }]) {
    const { message, advice, serverText = '' } = await failureOf(() => exchangeWith(answer))
    expect(message + advice + serverText).not.toContain('secret')
  }
})

test('a token of an earlier attempt, of the same issuer, is no access token', async () => {
  const iss = 'https://sts.windows.net/tenant-id/'
  const nextSubjectToken = async () => readSubjectToken(unverifiableJwt({ iss, aud: 'two', exp: now + 300 }), now)
  const earlier = token(unverifiableJwt({ iss, aud: 'one', exp: now + 300 }))
  expect(await codeOf(() => exchangeWith(earlier, { nextSubjectToken }))).toBe('EXCHANGE_INVALID')
})

// One Databricks token may be exchanged for another of the same issuer, but not for itself.
test('a token that Databricks exchanges for one of its own', async () => {
  const iss = 'https://ws.cloud.databricks.com/oidc'
  const jwt = unverifiableJwt({ iss, exp: now + 300 })
  const nextSubjectToken = async () => readSubjectToken(jwt, now)
  const other = unverifiableJwt({ iss, exp: now + 200 })
  expect((await exchangeWith(token(other), { nextSubjectToken })).issued.accessToken).toBe(other)
  expect(await codeOf(() => exchangeWith(token(jwt), { nextSubjectToken }))).toBe('EXCHANGE_INVALID')
})

test.each([
  [{ token_type: 'Bearer' }, 'holds no access_token'],
  [
    token('not a b64token'),
    'holds an access_token that no header can carry (RFC 6750, section 2.1; 16384 characters at most)',
  ],
  [token(subjectJwt), 'holds a token of whoever issued the subject token'],
  [{ ...accepted, token_type: 'mac' }, 'has a token_type other than Bearer'],
  [{ ...accepted, scope: '`id`' }, 'has a scope that is not a list of scopes'],
  [{ ...accepted, expires_in: 'soon' }, 'has an expires_in that is not a positive number'],
])('of an answer with %j it is said what is wrong', async (answer, found) => {
  const { message } = await failureOf(() => exchangeWith(answer))
  expect(message).toBe(`The answer to the token exchange ${found}.`)
})
