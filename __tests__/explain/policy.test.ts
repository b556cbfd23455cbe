import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hclString, jsonString, type PolicyOptions, policyFor, principalLookUp } from '../../src/explain/policy.ts'
import type { DisclosedClaims } from '../../src/federation/disclosed-claims.ts'
import { anyCharacter } from '../support/any-character.ts'

/** Claims in place of those of the job; one that is undefined is left out. */
type Claims = Partial<Record<keyof DisclosedClaims, unknown>>

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

const policyOf = (claims: Claims, more: Partial<PolicyOptions> = {}) =>
  policyFor({
    claims: { ...job, ...claims } as DisclosedClaims,
    audience: accountId,
    clientId,
    eventName: 'push',
    isSubjectTokenGiven: false,
    ...more,
  })

function shown(claims: Claims) {
  const policy = policyOf(claims)
  if ('withheld' in policy) throw new Error(policy.withheld.text)
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

const hostile = `it's "x" \`y\` \${var.z} %{if} $(id) \\ ; & | < > \n é 😀 \u202e ~~~ \`\`\``

test('what a shell, a fence, a template or a reader could take for something else is written as its number', () => {
  const { command, terraform, file } = shown({
    sub: `repo:octo-org/octo-repo:environment:${hostile}`,
    environment: hostile,
  })
  expect(JSON.parse(file).oidc_policy.subject).toBe(`repo:octo-org/octo-repo:environment:${hostile}`)
  expect(`${command}${terraform}`).not.toMatch(/[`$%;&|<>\u0080-\u{10ffff}]/u)
  expect(terraform).toContain('\\U0001f600')
  // A shell ends the argument at the quote that the command wrote, and nowhere else.
  expect(command.match(/'/g)).toHaveLength(2)
})

test('any text comes back from JSON, and holds plain characters alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter }), (text) => {
      expect(JSON.parse(jsonString(text))).toBe(text)
      expect(jsonString(text)).toMatch(/^"[A-Za-z0-9_./:@+=, \\-]*"$/)
      expect(hclString(text)).toMatch(/^"[A-Za-z0-9_./:@+=, \\-]*"$/)
    }),
  )
})

test('the id of the policy is one that the API takes', () => {
  for (const environment of ['prod', 'Ümlaut/€', 'x'.repeat(200), '---']) {
    expect(
      /--policy-id (\S+) /.exec(
        shown({ environment, sub: `repo:octo-org/octo-repo:environment:${environment}` }).command,
      )?.[1],
    ).toMatch(/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/)
  }
})

// The words of the policy, claim by claim.

const subjectOf = (context: string) => `repo:octo-org/octo-repo:${context}`
/** Claims of a job with this environment. */
const inEnvironment = (environment: string): Claims => ({ environment, sub: subjectOf(`environment:${environment}`) })
/** Claims of a job without an environment on this branch or tag. */
const on = (ref: string): Claims => ({ environment: undefined, ref, sub: subjectOf(`ref:${ref}`) })

const idOf = (claims: Claims) => /--policy-id (\S+) /.exec(shown(claims).command)?.[1]

test.each<[Claims, string]>([
  [{}, 'github-octo-repo-prod'],
  [on('refs/heads/main'), 'github-octo-repo-main'],
  [on('refs/heads/Feature/ONE_two'), 'github-octo-repo-one-two'],
  [
    {
      repository: 'Octo-Org/Octo.Repo',
      environment: '--Prod  EU--',
      sub: 'repo:Octo-Org/Octo.Repo:environment:--Prod  EU--',
    },
    'github-octo-repo-prod-eu',
  ],
  [inEnvironment('x'.repeat(100)), `github-octo-repo-${'x'.repeat(46)}`],
  [inEnvironment(`${'x'.repeat(44)}--${'y'.repeat(100)}`), `github-octo-repo-${'x'.repeat(44)}-y`],
  [inEnvironment(`${'x'.repeat(45)}--${'y'.repeat(100)}`), `github-octo-repo-${'x'.repeat(45)}`],
])('the policy for %j has the id %s, in each of its forms', (claims, id) => {
  expect(idOf(claims)).toBe(id)
  expect(shown(claims).terraform).toContain(`  policy_id            = "${id}"\n`)
})

const own = 'Admits every token of this issuer with this subject.'
const strangers = ' (pull_request_target, issue_comment and workflow_run of a default branch, too)'
const every = (where: string, others = '') =>
  `Admits every workflow of octo-org/octo-repo that runs on ${where}, whatever started it${others}; an environment admits fewer.`
const named = (environment: string) =>
  `Admits every job of octo-org/octo-repo that names the environment ${environment}: close the environment to all branches but those that you trust.`

test.each<[Claims, string]>([
  [{}, named('prod')],
  [inEnvironment('a\nb'), named('a b')],
  [on('refs/heads/a\nb'), every('the branch a b', strangers)],
  [on('refs/tags/v1'), every('the tag v1')],
  [{ sub: `x:y:${job.sub}` }, own],
])('whom the policy for %j admits is said', (claims, admits) => {
  expect(shown(claims).admits).toBe(admits)
})

const given = { isSubjectTokenGiven: true }

test('of a given token its own claims are the policy, and its issuer may be anything', () => {
  const policy = policyOf({ iss: undefined, sub: 'me', repository: undefined, environment: undefined }, given)
  if ('withheld' in policy) throw new Error(policy.withheld.text)
  expect(policy.admits).toBe(own)
  expect(JSON.parse(policy.file)).toEqual({ oidc_policy: { issuer: '', audiences: [accountId], subject: 'me' } })
  expect(policy.terraform).toContain(`    issuer    = ""\n    audiences = ["${accountId}"]\n    subject   = "me"\n`)
  expect(/--policy-id (\S+) /.exec(policy.command)?.[1]).toBe('github-login')
})

test('the principal is the one of the client id, or has a place', () => {
  const terraformOf = (id: string | undefined) => {
    const policy = policyOf({}, { clientId: id })
    return 'terraform' in policy ? policy.terraform : ''
  }
  expect(terraformOf(clientId)).toContain(`application_id = "${clientId}"`)
  expect(terraformOf(undefined)).toContain('application_id = "APPLICATION_ID"')
  expect(principalLookUp(undefined)).toContain(`'applicationId eq "APPLICATION_ID"'`)
  expect(shown({}).clicks).toMatch(/^Account console → .* → Federation policies → Create policy\.$/)
})
