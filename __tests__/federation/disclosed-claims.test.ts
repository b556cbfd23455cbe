import { expect, test } from 'vitest'
import { disclosedClaimsOf } from '../../src/federation/disclosed-claims.ts'

// Of GitHub, "OpenID Connect reference": what an explanation may show of a job's token.
const shown = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:prod',
  repository: 'octo-org/octo-repo',
  repository_owner: 'octo-org',
  repository_id: '74',
  repository_owner_id: '65',
  environment: 'prod',
  event_name: 'workflow_dispatch',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  job_workflow_ref: 'octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main',
  workflow_ref: 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
}

const hidden = {
  jti: 'an-id',
  iat: 1,
  nbf: 1,
  actor: 'octocat',
  actor_id: '12',
  sha: '0f8f',
  run_id: '1',
  email: 'octocat@example.com',
  enterprise: 'octo',
  runner_environment: 'self-hosted',
}

test('the claims of the allow-list are kept as they stand, and no other', () => {
  expect(disclosedClaimsOf({ ...shown, ...hidden, aud: 'one', exp: 7 })).toEqual({ ...shown, aud: ['one'], exp: 7 })
})

test.each(Object.keys(shown))('a claim %s that is empty or no text is none', (name) => {
  for (const claim of ['', 7, null, ['x'], { x: 'x' }, true, undefined]) {
    expect(disclosedClaimsOf({ [name]: claim, aud: 'one' })).toEqual({ aud: ['one'], exp: undefined })
  }
})

test.each([
  ['one', ['one']],
  [
    ['one', 'two'],
    ['one', 'two'],
  ],
  [['one', 7, null, ['two']], ['one']],
  [undefined, []],
  [7, []],
  [{ 0: 'one' }, []],
])('the audience %j is read as %j', (aud, expected) => {
  expect(disclosedClaimsOf({ aud }).aud).toEqual(expected)
})

test.each([
  [7, 7],
  [7.5, 7.5],
  ['7', undefined],
  [null, undefined],
])('the expiry %j is read as %j', (exp, expected) => {
  expect(disclosedClaimsOf({ exp }).exp).toBe(expected)
})
