import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hclString, jsonString, type PolicyOptions, policyFor } from '../../src/explain/policy.ts'
import type { DisclosedClaims } from '../../src/federation/disclosed-claims.ts'

const job: DisclosedClaims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:prod',
  aud: ['x'],
  exp: 1,
  repository: 'octo-org/octo-repo',
  environment: 'prod',
  event_name: 'push',
  ref: 'refs/heads/main',
}
const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'
const clientId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'

const policyOf = (claims: Partial<DisclosedClaims>, more: Partial<PolicyOptions> = {}) =>
  policyFor({ claims: { ...job, ...claims }, audience: accountId, clientId, eventName: 'push', ...more })

function shown(claims: Partial<DisclosedClaims>) {
  const policy = policyOf(claims)
  if ('withheld' in policy) throw new Error(policy.withheld)
  return policy
}

test('a policy says whom it admits, and reads as it will be typed', async () => {
  const { admits, command, terraform } = shown({})
  await expect([admits, command, terraform, ''].join('\n\n')).toMatchFileSnapshot('texts/policy.txt')
})

test('what the command and the file hold is the policy', () => {
  const { command, file } = shown({})
  expect(JSON.parse(file)).toEqual({
    oidc_policy: { issuer: job.iss, audiences: [accountId], subject: job.sub },
  })
  expect(command).toContain(`--json '${file}'`)
  expect(command).toMatch(/^databricks account service-principal-federation-policy create SERVICE_PRINCIPAL_ID /)
  expect(command).not.toMatch(/[<>`$;&|]/)
})

test.each([
  ['environment:prod', 'every job of octo-org/octo-repo that names the environment prod'],
  ['ref:refs/heads/main', 'pull_request_target, issue_comment and workflow_run of a default branch, too'],
  ['ref:refs/tags/v1', 'on the tag v1'],
  ['workflow:nightly', 'every token of this issuer with this subject'],
])('for %s it is said that it admits %s', (context, admitted) => {
  expect(shown({ sub: `repo:octo-org/octo-repo:${context}` }).admits).toContain(admitted)
})

const strangers = [
  ...['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment'],
  ...['issues', 'issue_comment', 'discussion', 'discussion_comment', 'gollum', 'workflow_run'],
]

test.each(strangers)('no policy is shown for %s, whoever tells of the event, nor with an environment', (event_name) => {
  const branch = 'repo:octo-org/octo-repo:ref:refs/heads/main'
  for (const policy of [
    policyOf({ event_name }),
    policyOf({ event_name, sub: branch }),
    policyOf({}, { eventName: event_name }),
    policyFor({ claims: { iss: 'i', sub: branch, aud: [], exp: 1 }, audience: 'a', clientId, eventName: event_name }),
  ]) {
    expect(policy).toEqual({ withheld: expect.stringContaining(`No policy is shown for ${event_name}`) })
    expect(JSON.stringify(policy)).toMatch(/environment: NAME|environment of its own/)
    expect(JSON.stringify(policy)).not.toContain('oidc_policy')
  }
})

test('nor for a run by hand on what a pull request would be', () => {
  for (const more of [{ ref: 'refs/pull/7/merge' }, { sub: 'repo:octo-org/octo-repo:ref:refs/pull/7/merge' }]) {
    expect(policyOf({ event_name: 'workflow_dispatch', ...more })).toHaveProperty('withheld')
  }
})

test('nor for the subject of a pull request, if nothing else tells of one', () => {
  const sub = 'repo:octo-org/octo-repo:pull_request'
  expect(
    policyFor({ claims: { iss: 'i', sub, aud: [], exp: 1 }, audience: 'a', clientId, eventName: undefined }),
  ).toEqual({ withheld: expect.stringContaining('No policy is shown for pull_request') })
})

const hostile = `it's "x" \`y\` \${var.z} %{if} $(id) \\ ; & | < > \n é 😀 \u202e ~~~ \`\`\``

test('what a shell, a fence, a template or a reader could take for something else is written as its number', () => {
  const { command, terraform, file } = shown({ sub: hostile, environment: hostile })
  expect(JSON.parse(file).oidc_policy.subject).toBe(hostile)
  expect(`${command}${terraform}`).not.toMatch(/[`$%;&|<>\u0080-\u{10ffff}]/u)
  expect(terraform).toContain('\\U0001f600')
  // A shell ends the argument at the quote that the command wrote, and nowhere else.
  expect(command.match(/'/g)).toHaveLength(2)
})

test('any text comes back from JSON, and holds plain characters alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(jsonString(text))).toBe(text)
      expect(jsonString(text)).toMatch(/^"[A-Za-z0-9_./:@+=, \\-]*"$/)
      expect(hclString(text)).toMatch(/^"[A-Za-z0-9_./:@+=, \\-]*"$/)
    }),
  )
})

test('the id of the policy is one that the API takes', () => {
  for (const environment of ['prod', 'Ümlaut/€', 'x'.repeat(200), '---']) {
    expect(/--policy-id (\S+) /.exec(shown({ environment }).command)?.[1]).toMatch(/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/)
  }
})
