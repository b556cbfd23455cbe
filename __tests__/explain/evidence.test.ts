import { expect, test } from 'vitest'
import { audiencesTried, hasError, refusedClaims, standardClaims } from '../../src/explain/evidence.ts'
import { claimsOf, evidenceOf, issuer, now, refusedOf, repo } from './refused-job.ts'

test('the claims of the first token are those that are explained; without one there are none', () => {
  const refused = [refusedOf({ aud: ['one'] }), refusedOf({ aud: ['two'] })]
  expect(refusedClaims(evidenceOf({ refused }))).toEqual(claimsOf({ aud: ['one'] }))
  expect(refusedClaims(evidenceOf({ refused: [] }))).toStrictEqual({ aud: [], exp: undefined })
})

test('each audience that was tried is told once', () => {
  const refused = [['one'], ['two', 'one'], []].map((aud) => refusedOf({ aud }))
  expect(audiencesTried(evidenceOf({ refused }))).toEqual(['one', 'two'])
})

test('an error of any answer counts', () => {
  const refused = [refusedOf(), refusedOf({}, 'invalid_client')]
  expect(hasError(evidenceOf({ refused }), 'invalid_client')).toBe(true)
  expect(hasError(evidenceOf({ refused }), 'invalid_scope')).toBe(false)
})

test('of a token of the user’s own, what it says of a job is left out, and nothing is made up', () => {
  const sub = `${repo}:environment:prod`
  expect(standardClaims(claimsOf({ aud: ['one'] }))).toStrictEqual({ iss: issuer, sub, aud: ['one'], exp: now + 300 })
  expect(standardClaims({ aud: [], exp: undefined, repository: 'o/r' })).toStrictEqual({ aud: [], exp: undefined })
})
