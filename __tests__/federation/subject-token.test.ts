import { expect, test } from 'vitest'
import { peekAccessToken, readSubjectToken } from '../../src/federation/subject-token.ts'
import { formatTime, LAST_TIME } from '../../src/time.ts'
import { codeOf, failureOf } from '../support/failures.ts'
import { unverifiableJwt } from '../support/jwt.ts'

const now = 1_800_000_000
const iss = 'https://token.actions.githubusercontent.com'
const exp = now + 300
const read = (claims: unknown) => readSubjectToken(unverifiableJwt(claims), now)

test('claims are read as they stand', () => {
  const jwt = unverifiableJwt({ iss, sub: 'repo:o/r', aud: ['a', 'b'], exp, nbf: now - 600, iat: now })
  expect(readSubjectToken(jwt, now)).toEqual({
    jwt,
    disclosedClaims: { iss, sub: 'repo:o/r', aud: ['a', 'b'], exp },
    claims: { issuer: iss, subject: 'repo:o/r', expiresAt: exp },
  })
})

test.each([
  [{ aud: 'one' }, ['one'], undefined],
  [{ aud: [] }, [], undefined],
  [{ aud: [1, null, 'two', {}] }, ['two'], undefined],
  [{ aud: 7 }, [], undefined],
  [{}, [], undefined],
  [{ sub: 7 }, [], undefined],
  [{ sub: '' }, [], ''],
])('%j has audiences %j and subject %j', (claims, audience, subject) => {
  expect(read({ iss, exp, ...claims })).toMatchObject({ claims: { subject }, disclosedClaims: { aud: audience } })
})

test.each([
  ['', 'SUBJECT_TOKEN_INVALID'],
  ['no jwt', 'SUBJECT_TOKEN_INVALID'],
  ['a.b', 'SUBJECT_TOKEN_INVALID'],
  ['a.b.c', 'SUBJECT_TOKEN_INVALID'],
  ['a.b.c.d.e', 'SUBJECT_TOKEN_INVALID'],
  [`${unverifiableJwt({ iss, exp })}.x`, 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt('a string'), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt(['an array']), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt(null), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ exp }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ exp, iss: '' }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ exp, iss: 7 }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss, exp: String(exp) }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss, exp: null }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss, exp: LAST_TIME + 1 }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss, exp: -1e300 }), 'SUBJECT_TOKEN_INVALID'],
  [unverifiableJwt({ iss, exp: now }), 'SUBJECT_TOKEN_EXPIRED'],
  [unverifiableJwt({ iss, exp: now - 1 }), 'SUBJECT_TOKEN_EXPIRED'],
  [unverifiableJwt({ iss, exp: 0 }), 'SUBJECT_TOKEN_EXPIRED'],
  [unverifiableJwt({ iss, exp: LAST_TIME }), 'none'],
  [unverifiableJwt({ iss, exp: now + 1 }), 'none'],
  [unverifiableJwt({ iss, exp: now + 0.5 }), 'none'],
  [unverifiableJwt({ iss, exp, nbf: now + 60 }), 'none'],
  [unverifiableJwt({ iss, exp, nbf: now + 61 }), 'SUBJECT_TOKEN_NOT_YET_VALID'],
  [unverifiableJwt({ iss, exp, nbf: 'soon' }), 'none'],
  ['dapi0123456789abcdef0123456789abcdef', 'SUBJECT_TOKEN_INVALID'],
])('%s: %s', async (token, code) => {
  expect(await codeOf(() => readSubjectToken(token, now))).toBe(code)
})

test('a personal access token gets its own words, and is not repeated in them', async () => {
  const { message, advice } = await failureOf(() => readSubjectToken('DAPI0123456789abcdef-2', now))
  expect(message).toContain('personal access token')
  expect(advice).toContain('delete the stored secret')
  expect(message + advice).not.toContain('0123456789abcdef')
})

test('an error names the issuer in one printable line, and no more than 500 characters of it', async () => {
  const { message } = await failureOf(() => read({ iss: `a\n::error::${'x'.repeat(2000)}`, exp: now - 60 }))
  expect(message).toMatch(/^The subject token of a ::error::x+ … expired at 2027-01-15T07:59:00Z\.$/)
  expect(message.length).toBeLessThan(600)
})

test('what is not a JWT is not repeated', async () => {
  const { message, advice } = await failureOf(() => readSubjectToken('hunter2hunter2', now))
  expect(message + advice).not.toContain('hunter2')
})

test.each([
  [
    { iss, sub: 'me', exp },
    { issuer: iss, subject: 'me', expiresAt: exp },
  ],
  [{ sub: 7, exp: 'later' }, {}],
  [{ exp: LAST_TIME + 1 }, {}],
  [{}, {}],
])('of the access token %j, %j is read', (claims, found) => {
  expect(peekAccessToken(unverifiableJwt(claims))).toEqual(found)
})

test.each(['opaque-token', '', 'a.b.c', 'dapi0123'])('of the opaque token %j, nothing is read', (token) => {
  expect(peekAccessToken(token)).toEqual({})
})

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [now, '2027-01-15T08:00:00Z'],
  [now + 0.999, '2027-01-15T08:00:00Z'],
  [LAST_TIME, '9999-12-31T23:59:59Z'],
])('%d is written %s', (seconds, text) => {
  expect(formatTime(seconds)).toBe(text)
})

test.each(['\nDATABRICKS_HOST=https://evil.example', '\r', ' ', ';id', '\0', 'ü'])(
  'a JWT with %j in its signature is none',
  async (more) => {
    const jwt = unverifiableJwt({ iss: 'https://ws.cloud.databricks.com/oidc', exp: now + 300 })
    expect(readSubjectToken(jwt, now).jwt).toBe(jwt)
    expect(await codeOf(() => readSubjectToken(jwt + more, now))).toBe('SUBJECT_TOKEN_INVALID')
  },
)

test.each([
  ['text', 'The subject token is not a JWT.'],
  [unverifiableJwt({ exp: now + 300 }), 'The subject token names no issuer (claim iss).'],
  [
    unverifiableJwt({ iss: 'https://idp.example' }),
    'The subject token of https://idp.example has no expiry in seconds since 1970 (claim exp).',
  ],
  [
    unverifiableJwt({ iss: 'https://idp.example', exp: now + 300, nbf: now + 100 }),
    'The subject token of https://idp.example is valid from 2027-01-15T08:01:40Z on; here it is 2027-01-15T08:00:00Z.',
  ],
])('of the token %j it is said what is wrong', async (jwt, said) => {
  expect((await failureOf(() => readSubjectToken(jwt, now))).message).toBe(said)
})

test('a JWT with a personal access token somewhere in it is none', async () => {
  expect((await failureOf(() => readSubjectToken('x.dapi0123.y', now))).message).toBe('The subject token is not a JWT.')
})

test('an issuer that is no text is not read', () => {
  expect(peekAccessToken(unverifiableJwt({ iss: 7, sub: 's' }))).toEqual({ subject: 's' })
})
