import type { FailureCode } from '../src/errors.ts'
import { CAUSES, type Cause, failuresOf, reasonsFor } from '../src/explain/causes.ts'
import type { Evidence } from '../src/explain/evidence.ts'
import type { DisclosedClaims } from '../src/federation/disclosed-claims.ts'
import { parseHost } from '../src/host.ts'

// What docs/troubleshooting.md shows of each cause is what the action says of one job, from the same source.

interface Example {
  readonly claims?: Partial<DisclosedClaims>
  /** Claims that this job does not have. */
  readonly without?: readonly (keyof DisclosedClaims)[]
  readonly error?: string
  readonly evidence?: Partial<Evidence>
}

const now = 1_800_000_000
const repo = 'repo:octo-org/octo-repo'
const job: DisclosedClaims = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: `${repo}:environment:prod`,
  aud: ['5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'],
  exp: now + 300,
  repository: 'octo-org/octo-repo',
  repository_owner: 'octo-org',
  repository_id: '74',
  repository_owner_id: '65',
  environment: 'prod',
  event_name: 'push',
  ref: 'refs/heads/main',
}
const withoutEnvironment = ['environment'] as const

const ofAnswer = (code: FailureCode, serverText: string, happened = ''): Example => ({
  evidence: { code, serverText, happened, refused: [] },
})

const EXAMPLES: Partial<Record<Cause, Example>> = {
  CLOCK_OFF: { evidence: { clockSkewSeconds: 600, isSubjectTokenGiven: true } },
  TOKEN_ENDING: { claims: { exp: now + 45 }, evidence: { isSubjectTokenGiven: true } },
  SCOPE_REFUSED: { error: 'invalid_scope', evidence: { scope: 'all-api' } },
  GROUP_REFUSED: { error: 'invalid_request', evidence: { groupId: '42' } },
  UNKNOWN_CLIENT: { error: 'invalid_client', evidence: { clientId: '0d3b6f1e-52c8-4a97-b1de-86f7c4a95e20' } },
  UNDECLARED_INPUT: {
    evidence: { undeclared: [{ name: 'client_id', meant: 'identity_federation_client_id' }], clientId: undefined },
  },
  NO_CLIENT_ID: { evidence: { clientId: undefined } },
  GIVEN_TOKEN: { evidence: { isSubjectTokenGiven: true } },
  UNTRUSTED_EVENT: { claims: { event_name: 'pull_request', sub: `${repo}:pull_request` }, without: withoutEnvironment },
  SUBJECT_TEMPLATE: { claims: { sub: 'environment:prod' } },
  NO_ACCOUNT_ID: { evidence: { accountId: undefined } },
  OTHER_STAGE: {
    claims: { sub: `${repo}:ref:refs/heads/feature/x`, ref: 'refs/heads/feature/x' },
    without: withoutEnvironment,
  },
  IMMUTABLE_SUBJECT: { claims: { sub: 'repo:octo-org@65/octo-repo@74:environment:prod' } },
  ENTERPRISE_ISSUER: { claims: { iss: 'https://token.actions.githubusercontent.com/octo-enterprise' } },
  CUSTOM_SUBJECT: { claims: { sub: 'repository_id:74:environment:prod' } },
  CAPITAL_LETTERS: { claims: { environment: 'Prod', sub: `${repo}:environment:Prod` } },
  NO_ENVIRONMENT: { claims: { sub: `${repo}:ref:refs/heads/main` }, without: withoutEnvironment },
  TAG: { claims: { ref: 'refs/tags/v1.2.3', sub: `${repo}:ref:refs/tags/v1.2.3` }, without: withoutEnvironment },
  OTHER_AUDIENCE: { evidence: { audience: 'databricks' } },
  REUSABLE_WORKFLOW: {
    claims: {
      job_workflow_ref: 'octo-org/shared/.github/workflows/deploy.yml@refs/heads/main',
      workflow_ref: 'octo-org/octo-repo/.github/workflows/ci.yml@refs/heads/main',
    },
  },
  ENTRA_OBJECT_ID: { evidence: { host: parseHost('https://adb-1111111111111111.1.azuredatabricks.net') } },
  IP_ACCESS_LIST: ofAnswer('EXCHANGE_FORBIDDEN', 'Source IP address: 203.0.113.7 is blocked by Databricks IP ACL'),
  NOT_IN_WORKSPACE: ofAnswer('VERIFY_FORBIDDEN', 'Invalid access to Org: 6051921418418893'),
  NO_SUCH_SERVER: ofAnswer('EXCHANGE_NOT_FOUND', ''),
  LOGIN_PAGE: ofAnswer('METADATA_INVALID', '<!doctype html>'),
  RATE_LIMIT: ofAnswer('SERVER_UNAVAILABLE', '', 'answered 429.'),
}

function evidenceOf({ claims, without = [], error = 'invalid_grant', evidence }: Example): Evidence {
  const kept = Object.entries({ ...job, ...claims }).filter(([name]) => !without.some((left) => left === name))
  return {
    code: 'EXCHANGE_REFUSED',
    happened: '',
    serverText: '',
    host: parseHost('https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'),
    clientId: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
    accountId: '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495',
    publishedAccountId: undefined,
    audience: undefined,
    groupId: undefined,
    scope: 'all-apis',
    isSubjectTokenGiven: false,
    refused: [
      { claims: { ...Object.fromEntries(kept), aud: job.aud, exp: claims?.exp ?? job.exp }, status: 400, error },
    ],
    undeclared: [],
    eventName: undefined,
    clockSkewSeconds: undefined,
    now,
    ...evidence,
  }
}

/** The line that a person reads of each cause, as the action says it of an example. */
export const causeLines: ReadonlyMap<Cause, string> = new Map(
  CAUSES.map((cause) => {
    const evidence = evidenceOf(EXAMPLES[cause] ?? {})
    const text = reasonsFor(evidence).find((reason) => reason.cause === cause)?.text
    if (text === undefined) throw new Error(`There is no example of ${cause}.`)
    const code = evidence.code === 'EXCHANGE_REFUSED' ? failuresOf(cause).at(-1) : evidence.code
    return [cause, `${code} (${cause}): ${text}`] as const
  }),
)
