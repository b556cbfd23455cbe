import { expect, test } from 'vitest'
import { ActionError, type FailureCode } from '../../src/errors.ts'
import { type Explanation, explain } from '../../src/explain/refusal.ts'
import { ExchangeRefused } from '../../src/federation/exchange-refused.ts'
import { parseHost } from '../../src/host.ts'
import { accountId, circumstances, clientId, explained, issuer, options, refusedOf, repo } from './refused-job.ts'

const sentAs = ({ rows }: Explanation) => Object.fromEntries(rows.map(({ name, sent }) => [name, sent]))

test('what to begin with comes first, then what else can be', () => {
  const claims = { job_workflow_ref: 'o/a', workflow_ref: 'o/b', iss: `${issuer}/octo` }
  const { cause, reason, otherReasons } = explained([refusedOf(claims)], { accountId: undefined })
  expect(cause).toBe('NO_ACCOUNT_ID')
  expect(reason).toContain('The host says that it is published')
  expect(otherReasons.map((other) => other.cause)).toEqual([
    'ENTERPRISE_ISSUER',
    'OTHER_STAGE',
    'ENVIRONMENT',
    'GITHUB_AUDIENCE',
    'REUSABLE_WORKFLOW',
    'OTHER_PRINCIPAL',
    'NO_ISSUER',
    'OTHER_CLAIM',
  ])
})

test('all that was sent is shown, in the order in which a policy is read', () => {
  const tried = [refusedOf(), refusedOf({ aud: ['https://h/oidc/v1/token', accountId, 'a\nb'] })]
  const { rows } = explained(tried)
  expect(rows.map(({ name, sent }) => [name, ...sent])).toEqual([
    ['host', 'https://dbc-1.cloud.databricks.com (workspace)'],
    ['client id', clientId],
    ['scope', 'all-apis'],
    ['issuer', issuer],
    ['subject', `${repo}:environment:prod`],
    ['audience', accountId, 'https://h/oidc/v1/token', 'a b'],
    ['expires', '2027-01-15T08:05:00Z (in 300 s)'],
    ['repository', 'octo-org/octo-repo'],
    ['environment', 'prod'],
    ['event_name', 'push'],
    ['ref', 'refs/heads/main'],
  ])
  const policies = Object.fromEntries(rows.map(({ name, policy }) => [name, policy]))
  expect(policies).toMatchObject({
    host: 'has to belong to the account that has the policy',
    'client id': 'the application id of the principal that has the policy',
    scope: 'is not part of a policy',
    issuer: 'has to be exactly equal',
    subject: 'has to be exactly equal, without wildcards',
    audience: 'one of these has to be in audiences; a policy without audiences accepts the account id',
    expires: 'the Databricks token ends at the same time',
    ref: 'is compared only if subject_claim names it',
  })
})

test('what was not sent is shown as none, and what was is one line', () => {
  const claims = { iss: undefined, sub: undefined, exp: undefined, repository: undefined, environment: undefined }
  const bare = { ...claims, event_name: undefined, ref: undefined, job_workflow_ref: 'a\nb' }
  const sent = sentAs(explained([refusedOf(bare)], { clientId: undefined, scope: 'a\nb' }))
  expect(sent).toMatchObject({
    'client id': ['(none: account-wide federation)'],
    scope: ['a b'],
    issuer: ['(none)'],
    subject: ['(none)'],
    expires: ['(none)'],
    job_workflow_ref: ['a b'],
  })
  expect(Object.keys(sent)).toHaveLength(8)
})

test.each([
  ['https://dbc-1.cloud.databricks.com', 'workspace'],
  ['https://accounts.cloud.databricks.com', 'account console'],
  ['https://spog.databricks.com', 'unified host'],
  ['https://databricks.corp.example', 'a name of your own'],
])('%s is shown as %s', (host, kind) => {
  expect(sentAs(explained([refusedOf()], { host: parseHost(host, true) }))['host']).toEqual([`${host} (${kind})`])
})

test('of a token that was given, a job’s claims are not shown, and its own audience is the one of the policy', () => {
  const explanation = explained([refusedOf({ aud: ['own', 'two'] })], { subjectToken: 'a-jwt', audience: 'x' })
  expect(Object.keys(sentAs(explanation))).toEqual([
    'host',
    'client id',
    'scope',
    'issuer',
    'subject',
    'audience',
    'expires',
  ])
  expect(explanation.policy).toMatchObject({ file: expect.stringContaining('"audiences": ["own"]') })
  expect(explanation.cause).toBe('GIVEN_TOKEN')
})

test('a failure that is no refusal is explained without a token, and without a policy', () => {
  const failure = new ActionError('METADATA_REFUSED', 'x', { serverText: 'Source IP address: 203.0.113.7 is blocked' })
  const explanation = explain(failure, options, circumstances)
  expect(explanation).toMatchObject({ cause: 'IP_ACCESS_LIST', otherReasons: [], rows: [], policy: undefined })
})

test.each<[FailureCode]>([['METADATA_REFUSED'], ['TIMED_OUT'], ['SUBJECT_TOKEN_EXPIRED']])(
  'of %s alone nothing more is known',
  (code) => {
    expect(explain(new ActionError(code, 'x'), options, circumstances)).toBeUndefined()
  },
)

test('what is known of the circumstances goes into the explanation', () => {
  const failure = new ActionError('SUBJECT_TOKEN_EXPIRED', 'x')
  expect(explain(failure, options, { ...circumstances, clockSkewSeconds: 61 })?.cause).toBe('CLOCK_OFF')
  const undeclared = [{ name: 'typo', meant: 'audience' }]
  const refusal = new ExchangeRefused('x', { serverText: undefined, refused: [refusedOf()] })
  expect(explain(refusal, options, { ...circumstances, undeclared })?.cause).toBe('UNDECLARED_INPUT')
  const policy = explain(refusal, options, { ...circumstances, eventName: 'issue_comment' })?.policy
  expect(policy).toEqual({ withheld: { why: 'event', text: expect.stringContaining('issue_comment') } })
})
