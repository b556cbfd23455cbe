import { expect, test } from 'vitest'
import { policyFor, principalLookUp } from '../../src/explain/policy.ts'
import { type Claims, claimsOf, clientId, issuer, repo } from './refused-job.ts'

const policyOf = (claims: Claims, eventName: string | undefined = 'push') =>
  policyFor({ claims: claimsOf(claims), audience: 'an-audience', clientId, eventName })

function shown(claims: Claims) {
  const policy = policyOf(claims)
  if ('withheld' in policy) throw new Error(policy.withheld)
  return policy
}

function withheldOf(claims: Claims, eventName?: string): string {
  const policy = policyOf(claims, eventName)
  return 'withheld' in policy ? policy.withheld : ''
}

const idOf = (claims: Claims) => /--policy-id (\S+) /.exec(shown(claims).command)?.[1]

test.each<[Claims, string]>([
  [{}, 'github-octo-repo-prod'],
  [{ environment: undefined }, 'github-octo-repo-main'],
  [{ environment: undefined, ref: 'refs/heads/Feature/ONE_two' }, 'github-octo-repo-one-two'],
  [{ repository: 'Octo-Org/Octo.Repo', environment: '--Prod  EU--' }, 'github-octo-repo-prod-eu'],
  [{ repository: undefined }, 'github-login'],
  [{ environment: 'x'.repeat(100) }, `github-octo-repo-${'x'.repeat(46)}`],
  [{ environment: `${'x'.repeat(44)}--${'y'.repeat(100)}` }, `github-octo-repo-${'x'.repeat(44)}-y`],
  [{ environment: `${'x'.repeat(45)}--${'y'.repeat(100)}` }, `github-octo-repo-${'x'.repeat(45)}`],
])('the policy for %j has the id %s, in each of its forms', (claims, id) => {
  expect(idOf(claims)).toBe(id)
  expect(shown(claims).terraform).toContain(`  policy_id            = "${id}"\n`)
})

test('a job without a ref has a policy, too', () => {
  expect(idOf({ environment: undefined, ref: undefined })).toMatch(/^github-octo-repo-./)
})

const own = 'Admits every token of this issuer with this subject.'
const strangers = ' (pull_request_target, issue_comment and workflow_run of a default branch, too)'
const every = (where: string, others = '') =>
  `Admits every workflow of octo-org/octo-repo that runs on ${where}, whatever started it${others}; an environment admits fewer.`
const named = (environment: string) =>
  `Admits every job of octo-org/octo-repo that names the environment ${environment}: close the environment to all branches but those that you trust.`

test.each<[Claims, string]>([
  [{}, named('prod')],
  [{ environment: 'a\nb' }, named('a b')],
  [{ environment: undefined }, named('prod')],
  [{ environment: undefined, sub: `${repo}:environment:a\nb` }, named('a b')],
  [{ sub: `${repo}:ref:refs/heads/a\nb` }, every('the branch a b', strangers)],
  [{ sub: `${repo}:ref:refs/tags/v1` }, every('the tag v1')],
  [{ sub: 'workflow:nightly' }, own],
  [{ sub: 'me', repository: undefined }, own],
])('whom the policy for %j admits is said', (claims, admits) => {
  expect(shown(claims).admits).toBe(admits)
})

test('an issuer that a token does not name is empty in its policy', () => {
  const { file, terraform } = shown({ iss: undefined, sub: 'me' })
  expect(JSON.parse(file)).toEqual({ oidc_policy: { issuer: '', audiences: ['an-audience'], subject: 'me' } })
  expect(terraform).toContain('    issuer    = ""\n    audiences = ["an-audience"]\n    subject   = "me"\n')
})

test('no policy is shown for a token without a subject', () => {
  expect(withheldOf({ sub: undefined })).toMatch(/names no subject/)
})

test('the principal is the one of the client id, or has a place', () => {
  const claims = claimsOf()
  const terraformOf = (id: string | undefined) => {
    const policy = policyFor({ claims, audience: 'x', clientId: id, eventName: 'push' })
    return 'terraform' in policy ? policy.terraform : ''
  }
  expect(terraformOf(clientId)).toContain(`application_id = "${clientId}"`)
  expect(terraformOf(undefined)).toContain('application_id = "APPLICATION_ID"')
  expect(principalLookUp(undefined)).toContain(`'applicationId eq "APPLICATION_ID"'`)
  expect(shown({}).clicks).toMatch(/^Account console → .* → Federation policies → Create policy\.$/)
})

const withReviewers = [
  'an environment (environment: NAME), with required reviewers and a',
  'principal that may do no more than such a job needs, and make the policy for repo:octo-org/octo-repo:environment:NAME.',
].join('\n')

test('in place of a policy that lets strangers in, the way by an environment is told', () => {
  const sub = `${repo}:pull_request`
  expect(withheldOf({ sub })).toBe(
    [
      'No policy is shown for pull_request: it would let in whoever can open a pull request or write a comment,',
      `with all that the principal may do. Give the job ${withReviewers}`,
      `Never make one for ${sub}.`,
    ].join('\n'),
  )
})

test.each<[string, Claims, string | undefined, says: string]>([
  ['a job with an environment', {}, 'workflow_run', 'Give the job an environment of its own, other than this one ('],
  ['a job with a branch', { sub: `${repo}:ref:refs/heads/main` }, 'workflow_run', 'Give the job an environment ('],
  [
    'the event of the token before that of the job',
    { event_name: 'issue_comment' },
    'workflow_run',
    'for issue_comment:',
  ],
  ['the subject before either', { sub: `${repo}:pull_request` }, 'workflow_run', 'shown for pull_request:'],
  ['a token that is of no job', { sub: 'a\nb', repository: undefined }, 'workflow_run', 'for repo:OWNER/REPO:environ'],
  ['the subject, as one line', { sub: 'a\nb', repository: undefined }, 'workflow_run', '\nNever make one for a b.'],
  ['a repository, as one line', { sub: 'x', repository: 'o\n/r' }, 'workflow_run', 'for repo:o /r:environment:NAME.'],
])('a withheld policy goes by %s', (_name, claims, eventName, says) => {
  expect(withheldOf(claims, eventName)).toContain(says)
})

test('where there is no subject, none is warned of', () => {
  expect(withheldOf({ sub: undefined }, 'workflow_run')).toMatch(/:environment:NAME\.$/)
})

test.each([undefined, '', 'push', 'workflow_dispatch', 'schedule', 'release'])(
  'for the event %s a policy is shown',
  (eventName) => {
    expect(policyOf({ event_name: eventName, iss: issuer }, eventName)).toHaveProperty('command')
  },
)

test.each(['refs/heads/refs/pull/7', 'refs/heads/x:ref:refs/pullers/7'])(
  'the branch %s is only called like a pull request, and has a policy',
  (ref) => {
    expect(policyOf({ sub: `${repo}:ref:${ref}`, ref })).toHaveProperty('command')
  },
)
