import type { RunnerOptions } from '../../sandbox/github-runner.ts'
import type { Interceptor } from '../../sandbox/http-server.ts'
import type { WorkspaceOptions } from '../../sandbox/workspace.ts'
import type { FailureCode } from '../../src/errors.ts'
import type { Cause } from '../../src/explain/causes.ts'
import { clientId, type Pair, startPair } from '../support/federated.ts'
import { inputsFor } from '../support/login-step.ts'
import { ISSUER } from './as-read.ts'

/** A refusal that the sandbox really gives, and what it has to be explained by. */
export interface RefusalCase {
  readonly name: string
  readonly code: FailureCode
  readonly cause: Cause
  /** Audiences of the policy; the account id by default. */
  readonly audiences?: readonly string[]
  readonly runner?: RunnerOptions
  readonly workspace?: Partial<WorkspaceOptions>
  /** Claims that the policy of the service principal was made for, where they are not those of the job. */
  readonly madeFor?: { readonly subject?: string; readonly issuer?: string; readonly subjectClaim?: string }
  readonly inputs?: (pair: Pair) => Record<string, string>
  /** Of the job's own, in place of GitHub's. */
  readonly subjectToken?: (pair: Pair) => Promise<string>
  readonly before?: Interceptor
  /** The cause is not certain: the first line is that no policy accepts the token, and it stands below. */
  readonly isAmongOthers?: true
  /** The log and the summary are kept whole, to be read. */
  readonly isKept?: true
}

const prod = 'repo:octo-org/octo-repo:environment:prod'
const noEnvironment = { environment: '' }

const answer =
  (status: number, type: string, body: string, path: RegExp, headers: Record<string, string> = {}): Interceptor =>
  ({ url = '' }, response) => {
    if (!path.test(url)) return false
    response.writeHead(status, { 'content-type': type, ...headers }).end(body)
    return true
  }

const blocked =
  '{"error_code":"403","message":"Source IP address: 203.0.113.7 is blocked by Databricks IP ACL for workspace: 6051921418418893"}'
const json = 'application/json'

const without = (pair: Pair, name: string) => {
  const { [name]: _left, ...others } = inputsFor(pair)
  return others
}

/** Each cause at least once. */
export const cases: readonly RefusalCase[] = [
  {
    name: 'a clock that is off',
    isKept: true,
    code: 'EXCHANGE_REFUSED',
    cause: 'CLOCK_OFF',
    audiences: ['another'],
    subjectToken: ({ runner }) => runner.issuer.sign({ sub: 'me', aud: 'x' }),
    before: (_request, response) => {
      response.setHeader('date', new Date(Date.now() - 600_000).toUTCString())
      return false
    },
  },
  {
    name: 'a token about to expire',
    code: 'EXCHANGE_REFUSED',
    cause: 'TOKEN_ENDING',
    audiences: ['another'],
    subjectToken: ({ runner }) => runner.issuer.sign({ sub: 'me', aud: 'x', exp: Math.floor(Date.now() / 1000) + 45 }),
  },
  {
    name: 'a scope that the host does not have',
    code: 'EXCHANGE_REFUSED',
    cause: 'SCOPE_REFUSED',
    inputs: (pair) => ({ ...inputsFor(pair), scope: 'all-api' }),
  },
  {
    name: 'a group at a host that takes none',
    code: 'EXCHANGE_REFUSED',
    cause: 'GROUP_REFUSED',
    inputs: (pair) => ({ ...inputsFor(pair), group_id: '42' }),
    workspace: { groups: 'refused' },
  },
  {
    name: 'a misspelt input',
    code: 'EXCHANGE_REFUSED',
    cause: 'UNDECLARED_INPUT',
    inputs: (pair) => ({ ...without(pair, 'identity_federation_client_id'), client_id: clientId }),
  },
  {
    name: 'no client id',
    code: 'EXCHANGE_REFUSED',
    cause: 'NO_CLIENT_ID',
    inputs: (pair) => without(pair, 'identity_federation_client_id'),
  },
  {
    name: 'another principal',
    code: 'EXCHANGE_REFUSED',
    cause: 'UNKNOWN_CLIENT',
    inputs: (pair) => ({
      ...inputsFor(pair),
      identity_federation_client_id: '0d3b6f1e-52c8-4a97-b1de-86f7c4a95e20',
    }),
  },
  {
    name: 'an audience that is the account id, which was not given',
    code: 'EXCHANGE_REFUSED',
    cause: 'NO_ACCOUNT_ID',
    inputs: (pair) => without(pair, 'account_id'),
  },
  {
    name: 'a pull request',
    isKept: true,
    code: 'EXCHANGE_REFUSED',
    cause: 'UNTRUSTED_EVENT',
    runner: { claims: { ...noEnvironment, event_name: 'pull_request', ref: 'refs/pull/7/merge' } },
    madeFor: { subject: prod },
  },
  {
    name: 'a template that leaves the repository out',
    isKept: true,
    code: 'EXCHANGE_REFUSED',
    cause: 'SUBJECT_TEMPLATE',
    runner: { claims: { sub: 'environment:prod' } },
    madeFor: { subject: prod },
  },
  {
    name: 'another environment than that of the policy',
    code: 'EXCHANGE_REFUSED',
    cause: 'OTHER_STAGE',
    isAmongOthers: true,
    runner: { claims: { environment: 'staging' } },
    madeFor: { subject: prod },
  },
  {
    name: 'capital letters',
    code: 'EXCHANGE_REFUSED',
    cause: 'CAPITAL_LETTERS',
    isAmongOthers: true,
    runner: { claims: { environment: 'Prod' } },
    madeFor: { subject: prod },
  },
  {
    name: 'an immutable subject',
    code: 'EXCHANGE_REFUSED',
    cause: 'IMMUTABLE_SUBJECT',
    isAmongOthers: true,
    runner: { claims: { sub: 'repo:octo-org@65/octo-repo@74:environment:prod' } },
    madeFor: { subject: prod },
  },
  {
    name: 'a customised subject',
    code: 'EXCHANGE_REFUSED',
    cause: 'CUSTOM_SUBJECT',
    isAmongOthers: true,
    runner: { claims: { sub: 'repository_id:74:environment:prod' } },
    madeFor: { subject: prod },
  },
  {
    name: 'the issuer of an enterprise',
    code: 'EXCHANGE_REFUSED',
    cause: 'ENTERPRISE_ISSUER',
    isAmongOthers: true,
    runner: { issuer: { publicUrl: ISSUER, path: '/octo-enterprise' } },
    madeFor: { issuer: ISSUER },
  },
  {
    name: 'a policy that compares another claim',
    code: 'EXCHANGE_REFUSED',
    cause: 'REUSABLE_WORKFLOW',
    isAmongOthers: true,
    runner: {
      claims: { job_workflow_ref: 'octo-org/shared/.github/workflows/deploy.yml@refs/heads/main' },
    },
    madeFor: {
      subjectClaim: 'job_workflow_ref',
      subject: 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
    },
  },
  {
    name: 'a tag',
    code: 'EXCHANGE_REFUSED',
    cause: 'TAG',
    isAmongOthers: true,
    runner: { claims: { ...noEnvironment, ref: 'refs/tags/v1.2.3', ref_type: 'tag' } },
    madeFor: { subject: 'repo:octo-org/octo-repo:ref:refs/heads/main' },
  },
  {
    name: 'a wrong subject',
    isKept: true,
    code: 'EXCHANGE_REFUSED',
    cause: 'NO_ENVIRONMENT',
    isAmongOthers: true,
    runner: { claims: noEnvironment },
    madeFor: { subject: prod },
  },
  {
    name: 'an audience of the input',
    code: 'EXCHANGE_REFUSED',
    cause: 'OTHER_AUDIENCE',
    isAmongOthers: true,
    inputs: (pair) => ({ ...inputsFor(pair), audience: 'databricks' }),
  },
  {
    name: 'an audience',
    code: 'EXCHANGE_REFUSED',
    cause: 'GITHUB_AUDIENCE',
    isAmongOthers: true,
    audiences: ['https://github.com/octo-org'],
  },
  {
    name: 'an environment, and a policy for a branch',
    code: 'EXCHANGE_REFUSED',
    cause: 'ENVIRONMENT',
    isAmongOthers: true,
    madeFor: { subject: 'repo:octo-org/octo-repo:ref:refs/heads/main' },
    inputs: (pair) => ({ ...inputsFor(pair), audience: pair.workspace.accountId }),
  },
  {
    name: 'a given subject token',
    code: 'EXCHANGE_REFUSED',
    cause: 'GIVEN_TOKEN',
    subjectToken: ({ runner }) => runner.issuer.sign({ sub: 'service-account:nightly', aud: 'databricks' }),
  },
  {
    name: 'a policy without an issuer',
    code: 'EXCHANGE_REFUSED',
    cause: 'NO_ISSUER',
    isAmongOthers: true,
    madeFor: { issuer: '' },
  },
  {
    name: 'a policy on a claim that the job does not have so',
    code: 'EXCHANGE_REFUSED',
    cause: 'OTHER_CLAIM',
    isAmongOthers: true,
    madeFor: { subjectClaim: 'repository', subject: 'octo-org/another' },
  },
  {
    name: 'a policy for another job',
    code: 'EXCHANGE_REFUSED',
    cause: 'NO_MATCHING_POLICY',
    madeFor: { subject: 'repo:octo-org/another:environment:prod' },
  },
  {
    name: 'a policy of another principal than that of the client id',
    code: 'EXCHANGE_REFUSED',
    cause: 'OTHER_PRINCIPAL',
    isAmongOthers: true,
    madeFor: { subject: 'repo:octo-org/another:environment:prod' },
  },
  {
    name: 'an account id that is misspelt',
    code: 'EXCHANGE_REFUSED',
    cause: 'OTHER_ACCOUNT',
    isAmongOthers: true,
    inputs: (pair) => ({ ...inputsFor(pair), account_id: '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a496' }),
  },
  {
    name: 'an address that is blocked, on the metadata',
    code: 'METADATA_REFUSED',
    cause: 'IP_ACCESS_LIST',
    before: answer(403, json, blocked, /well-known/),
  },
  {
    name: 'an address that is blocked, on the exchange',
    code: 'EXCHANGE_FORBIDDEN',
    cause: 'IP_ACCESS_LIST',
    before: answer(403, json, blocked, /token$/),
  },
  {
    name: 'an address that is blocked, on the verification',
    code: 'VERIFY_FORBIDDEN',
    cause: 'IP_ACCESS_LIST',
    inputs: (pair) => ({ ...inputsFor(pair), verify: 'true' }),
    before: answer(403, json, blocked, /scim/),
  },
  {
    name: 'a principal that is no member of the workspace',
    code: 'VERIFY_FORBIDDEN',
    cause: 'NOT_IN_WORKSPACE',
    inputs: (pair) => ({ ...inputsFor(pair), verify: 'true' }),
    workspace: { members: [] },
  },
  {
    name: 'a host that has no authorization server',
    code: 'EXCHANGE_NOT_FOUND',
    cause: 'NO_SUCH_SERVER',
    before: answer(404, json, '{"error_code":"ENDPOINT_NOT_FOUND"}', /oidc/),
  },
  {
    name: 'a login page',
    isKept: true,
    code: 'METADATA_INVALID',
    cause: 'LOGIN_PAGE',
    before: answer(200, 'text/html', '<!doctype html><title>Databricks - Sign In</title>', /well-known/),
  },
  {
    name: 'too many logins at once',
    code: 'SERVER_UNAVAILABLE',
    cause: 'RATE_LIMIT',
    before: answer(429, json, '{"error":"too_many_requests"}', /token$/, { 'retry-after': '3600' }),
  },
]

/** Starts what a case needs; `cleanUp` closes it. */
export async function provoke({ audiences, runner, workspace, madeFor = {}, before }: RefusalCase): Promise<Pair> {
  const pair = await startPair(audiences, runner, workspace)
  if (Object.keys(madeFor).length === 0) {
    pair.workspace.server.before = before
    return pair
  }
  const { issuer, claims } = pair.runner
  const made = { issuer: issuer.url, subject: claims.sub, audiences, ...madeFor }
  const policies = [{ kind: 'service-principal', applicationId: clientId, ...made }] as const
  return startPair(audiences, { ...runner, issuer, claims }, { ...workspace, policies })
}
