import { expect, test } from 'vitest'
import type { LoginOptions } from '../../src/federation/federate.ts'
import { accountId, type Claims, clientId, explained, issuer, refusedOf, repo } from './refused-job.ts'

test.each<[string, Partial<LoginOptions>, string[], string]>([
  ['the one that was set', { audience: 'mine' }, ['sent'], 'mine'],
  ['the account id', {}, ['sent'], accountId],
  ['an account id to fill in, never the token endpoint', { accountId: undefined }, ['sent', 'two'], 'ACCOUNT_ID'],
  ['that of a given token', { subjectToken: 'a-jwt' }, ['own', 'two'], 'own'],
  ['none, where a given token has none', { subjectToken: 'a-jwt' }, [], ''],
  ['a thousand characters of it', { audience: 'x'.repeat(1001) }, ['sent'], 'x'.repeat(1000)],
])('the policy names %s', (_name, other, aud, audience) => {
  const { policy } = explained([refusedOf({ aud })], other)
  expect(policy).toMatchObject({ file: expect.stringContaining(`"audiences": ["${audience}"]`) })
})

test('the policy that accepts the token goes with the look-up of its principal', () => {
  expect(explained([refusedOf()]).policy).toMatchObject({
    command: expect.stringContaining('federation-policy create SERVICE_PRINCIPAL_ID'),
    lookUp: `databricks account service-principals list --filter 'applicationId eq "${clientId}"' -o json`,
  })
  const wide = explained([refusedOf()], { clientId: undefined }).policy
  expect(wide).toMatchObject({ lookUp: expect.stringContaining('"APPLICATION_ID"') })
})

test('a policy that would let strangers in is withheld, and nothing is looked up', () => {
  const { policy } = explained([refusedOf({ event_name: 'pull_request_target' })])
  expect(policy).toEqual({
    withheld: { why: 'event', text: expect.stringContaining('No policy is shown for pull_request_target') },
  })
})

const longest = 1000 - issuer.length

function longOf(characters: number): Claims {
  const environment = 'x'.repeat(characters - `${repo}:environment:`.length)
  return { sub: `${repo}:environment:${environment}`, environment }
}

test.each<[string, Claims, boolean]>([
  ['no issuer', { iss: undefined }, false],
  ['no subject', { sub: undefined }, false],
  ['a thousand characters', longOf(longest), true],
  ['more than a thousand', longOf(longest + 1), false],
])('of a token with %s a policy is shown: %s', (_name, claims, isShown) => {
  expect(explained([refusedOf(claims)]).policy !== undefined).toBe(isShown)
})

test.each([
  ['invalid_client', 'UNKNOWN_CLIENT', true],
  ['invalid_scope', 'SCOPE_REFUSED', false],
] as const)('%s comes before any policy is compared: no other cause', (error, cause, hasPolicy) => {
  const explanation = explained([refusedOf(), refusedOf({}, error)])
  expect(explanation).toMatchObject({ cause, otherReasons: [] })
  expect(explanation.rows).not.toEqual([])
  expect(explanation.policy !== undefined).toBe(hasPolicy)
})

test('a group that is refused comes before any policy, and invalid_request without a group does not', () => {
  const refused = [refusedOf({}, 'invalid_request')]
  expect(explained(refused, { groupId: '42' })).toMatchObject({
    cause: 'GROUP_REFUSED',
    otherReasons: [],
    policy: undefined,
  })
  expect(explained(refused).cause).not.toBe('GROUP_REFUSED')
  expect(explained([refusedOf()], { groupId: '42' }).cause).not.toBe('GROUP_REFUSED')
})
