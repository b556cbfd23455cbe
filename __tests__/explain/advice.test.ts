import { expect, test } from 'vitest'
import { type Cause, reasonsFor } from '../../src/explain/causes.ts'
import type { Evidence } from '../../src/explain/evidence.ts'
import { parseHost } from '../../src/host.ts'
import { accountId, type Claims, claimsOf, clientId, evidenceOf, issuer, now, repo } from './refused-job.ts'

const textOf = (cause: Cause, other: Partial<Evidence>, claims: Claims = {}): string | undefined =>
  reasonsFor(evidenceOf(other, claims)).find((reason) => reason.cause === cause)?.text

const typed = { undeclared: [{ name: 'client\n_id', meant: 'identity_federation_client_id' }], clientId: undefined }
const answered = (error: string) => ({ refused: [{ claims: claimsOf(), status: 400, error }] })
const prod = `${repo}:environment:prod`
const tag = `${repo}:ref:refs/tags/v1\u202e`
const ids = 'repo:octo-org@65/octo-repo@74'
const server = 'https://github.corp.example/_services/token'

// What each says of this job, and what it asks to be changed.
test.each<[Cause, Partial<Evidence>, Claims, says: string[]]>([
  [
    'CLOCK_OFF',
    { isSubjectTokenGiven: true, clockSkewSeconds: 90.4 },
    {},
    ['is 90 s ahead of that of the server. Tokens are valid for minutes only, so set the clock.'],
  ],
  [
    'CLOCK_OFF',
    { isSubjectTokenGiven: true, clockSkewSeconds: -90.6 },
    {},
    ['is 91 s behind that of the server. Tokens'],
  ],
  [
    'TOKEN_ENDING',
    { isSubjectTokenGiven: true },
    { exp: now + 44.4 },
    ['had only 44 s to live. Fetch it in the step right before'],
  ],
  ['TOKEN_ENDING', { isSubjectTokenGiven: true }, { exp: now }, ['The subject token has ended. Fetch it in the step']],
  ['SCOPE_REFUSED', { ...answered('invalid_scope'), scope: 'a\nb' }, {}, ['the scope a b. Set scope to all-apis']],
  ['UNDECLARED_INPUT', typed, {}, ['no input client _id', 'Write identity_federation_client_id in its place.']],
  ['NO_CLIENT_ID', { clientId: undefined }, {}, ['Set identity_federation_client_id to the application id']],
  ['UNKNOWN_CLIENT', answered('invalid_client'), {}, [`under the client id ${clientId}. Set identity_federation`]],
  [
    'UNTRUSTED_EVENT',
    {},
    { sub: `${repo}:pull_request`, event_name: 'pull_request' },
    ['No policy is shown for pull_request: people', 'Run what needs Databricks on push, schedule or workflow_dispatch'],
  ],
  ['UNTRUSTED_EVENT', { eventName: 'a\nb' }, {}, ['No policy is shown for a b: people']],
  [
    'SUBJECT_TEMPLATE',
    {},
    { sub: 'environment:prod' },
    ['does not name this repository', 'Add repo and context to the'],
  ],
  ['SUBJECT_TEMPLATE', {}, { sub: repo }, ['the environment or the branch of this job', 'Add context to the template']],
  [
    'NO_MATCHING_POLICY',
    {},
    {},
    ['Compare issuer, subject and audience with those of the policy: they must be exactly equal.'],
  ],
  [
    'IMMUTABLE_SUBJECT',
    {},
    { sub: `${ids}:environment:prod`, repository_id: '74', repository_owner_id: '65' },
    [`Change the policy's subject from ${prod} to ${ids}:environment:prod.`],
  ],
  ['CUSTOM_SUBJECT', {}, { sub: `x:y:${prod}` }, [`Change the policy's subject to x:y:${prod}.`]],
  [
    'CAPITAL_LETTERS',
    {},
    { sub: `${repo}:environment:Prod`, environment: 'Prod' },
    [`exactly so: ${repo}:environment:Prod.`],
  ],
  [
    'ENTERPRISE_ISSUER',
    {},
    { iss: `${issuer}/octo` },
    [`Change the policy's issuer from ${issuer} to ${issuer}/octo.`],
  ],
  ['ENTERPRISE_ISSUER', {}, { iss: server }, [`to ${server}. If Databricks cannot reach`, '(jwks_json).']],
  [
    'REUSABLE_WORKFLOW',
    {},
    { job_workflow_ref: 'o/a@x\ny', workflow_ref: 'o/b@x' },
    [
      'a reusable workflow (o/a@x y), and its subject names',
      `Make the policy for ${prod}, and not for a subject of the reusable`,
    ],
  ],
  [
    'TAG',
    {},
    { sub: tag, environment: undefined, ref: 'refs/tags/v1\u202e' },
    ['ends with ref:refs/tags/v1. No policy', `Add environment: NAME`, `for ${repo}:environment:NAME.`],
  ],
  [
    'NO_ENVIRONMENT',
    {},
    { sub: `${repo}:ref:refs/heads/a-b`, environment: undefined, ref: 'refs/heads/a-b' },
    ['ends with ref:refs/heads/a-b. If', `is for ${repo}:environment:NAME, add environment: NAME to the job.`],
  ],
  ['OTHER_AUDIENCE', { audience: 'a\nb' }, {}, ['The audience a b was given', "Add it to the policy's audiences"]],
  [
    'GITHUB_AUDIENCE',
    {},
    {},
    ['page, https://github.com/octo-org. This', `Add ${accountId} to the policy's audiences`],
  ],
  [
    'GITHUB_AUDIENCE',
    { accountId: undefined },
    { repository_owner: 'o\np' },
    ['com/o p. This', 'Add the account id to'],
  ],
  ['ENVIRONMENT', {}, {}, ['ends with environment:prod. A policy', `for ${repo}:ref:refs/heads/main accepts`]],
  ['ENVIRONMENT', {}, { ref: 'refs/heads/a\nb' }, [`for ${repo}:ref:refs/heads/a b accepts`]],
  ['ENVIRONMENT', {}, { ref: undefined }, [`for ${repo}:ref:refs/heads/BRANCH accepts`]],
  ['GIVEN_TOKEN', { isSubjectTokenGiven: true }, {}, ['the subject_token that was given. Compare its issuer, subject']],
  ['NO_ISSUER', {}, {}, ['may have no issuer', 'List the policies']],
  ['OTHER_CLAIM', {}, {}, ['another claim than sub (subject_claim). List the policies']],
  ['OTHER_PRINCIPAL', {}, {}, [`The client id ${clientId} may be that of another stage`, 'correct the client id']],
  ['OTHER_ACCOUNT', {}, {}, [`The account id ${accountId} may be misspelt`, 'Compare account_id with the id that']],
  ['OTHER_STAGE', {}, {}, ['names the environment prod, and a policy for another']],
  [
    'OTHER_STAGE',
    {},
    { sub: `${repo}:ref:refs/heads/x`, ref: 'refs/heads/x', environment: undefined },
    ['runs on the branch x, and a policy', 'run the job on the branch or in the environment of the policy'],
  ],
  [
    'ENTRA_OBJECT_ID',
    { host: parseHost('https://adb-1.2.azuredatabricks.net') },
    {},
    ['may be the object id', 'Set identity_federation_client_id to its application (client) id'],
  ],
])('%s under %j with the claims %j', (cause, other, claims, says) => {
  const text = textOf(cause, other, claims)
  for (const part of says) expect(text).toContain(part)
})

test('the keys of an enterprise’s own server are asked for there alone', () => {
  expect(textOf('ENTERPRISE_ISSUER', {}, { iss: `${server}/octo` })).not.toContain('jwks_json')
  expect(textOf('ENTERPRISE_ISSUER', {}, { iss: `${issuer}/octo` })).toMatch(/octo\.$/)
})

test('the account that a host names is told, as one that may be somebody else’s', () => {
  const none = textOf('NO_ACCOUNT_ID', { accountId: undefined })
  expect(none).toMatch(/, so set account_id\.$/)
  expect(textOf('NO_ACCOUNT_ID', { accountId: undefined, publishedAccountId: 'an-id' })).toBe(
    `${none} The host says that it is an-id. If that is yours, set account_id to it.`,
  )
})

test('the first input that was misspelt is told', () => {
  const undeclared = [
    { name: 'hots', meant: 'host' },
    { name: 'acount', meant: 'account_id' },
    { name: 'aud', meant: 'audience' },
  ]
  expect(textOf('UNDECLARED_INPUT', { undeclared, accountId: undefined })).toContain('no input acount,')
})

test('what a token shows is one line, of a bounded length', () => {
  const long = `${repo}:environment:${'x'.repeat(1000)}\n\u202e`
  for (const { text } of reasonsFor(evidenceOf({}, { sub: long }))) {
    expect(text).not.toMatch(/[\n\u202e]/)
    expect(text.length).toBeLessThan(1500)
  }
})
