import { expect, test } from 'vitest'
import { policyFor } from '../../src/explain/policy.ts'
import type { DisclosedClaims } from '../../src/federation/disclosed-claims.ts'

// Every job of these templates, contexts, events and issuers, and for each policy that is shown: which other jobs have
// the very subject that it names? The subjects are made here, as GitHub makes them; nothing of the rule is asked.

interface Job extends DisclosedClaims {
  readonly actor: string
  /** Whether GitHub writes ids into this repository's subjects. */
  readonly hasIds: boolean
}

const encoded = (value = '') => value.replaceAll(':', '%3A')

function contextOf({ environment, event_name = '', ref }: Job): string {
  if (environment !== undefined) return `environment:${encoded(environment)}`
  const isOfPullRequest = event_name.startsWith('pull_request') && event_name !== 'pull_request_target'
  return isOfPullRequest ? 'pull_request' : `ref:${ref}`
}

function repoOf({ hasIds, repository = '', repository_owner_id, repository_id }: Job): string {
  const [owner, name] = repository.split('/')
  return hasIds ? `repo:${owner}@${repository_owner_id}/${name}@${repository_id}` : `repo:${repository}`
}

const keys = {
  repo: repoOf,
  context: contextOf,
  repository: (job: Job) => `repository:${encoded(job.repository)}`,
  repository_id: (job: Job) => `repository_id:${job.repository_id}`,
  repository_owner: (job: Job) => `repository_owner:${job.repository_owner}`,
  repository_owner_id: (job: Job) => `repository_owner_id:${job.repository_owner_id}`,
  environment: (job: Job) => `environment:${encoded(job.environment)}`,
  ref: (job: Job) => `ref:${encoded(job.ref)}`,
  job_workflow_ref: (job: Job) => `job_workflow_ref:${encoded(job.job_workflow_ref)}`,
  workflow_ref: (job: Job) => `workflow_ref:${encoded(job.workflow_ref)}`,
  actor: (job: Job) => `actor:${job.actor}`,
  event_name: (job: Job) => `event_name:${job.event_name}`,
}
type Template = readonly (keyof typeof keys)[]

const templates: readonly Template[] = [
  ['repo', 'context'],
  ['repo'],
  ['repository_id'],
  ['repository_id', 'context'],
  ['repository_id', 'environment'],
  ['repository', 'ref'],
  ['repository_owner'],
  ['repository_owner', 'context'],
  ['repository_owner_id', 'job_workflow_ref'],
  ['job_workflow_ref'],
  ['job_workflow_ref', 'context'],
  ['repo', 'context', 'job_workflow_ref'],
  ['environment'],
  ['context'],
  ['actor'],
  ['repository_owner', 'environment'],
  ['repo', 'event_name'],
  ['repository', 'workflow_ref'],
]
const subjectOf = (job: Job, template: Template): string => template.map((key) => keys[key](job)).join(':')

const contexts = [
  { ref: 'refs/heads/main', environment: 'prod' },
  { ref: 'refs/heads/main' },
  { ref: 'refs/tags/v1' },
  { ref: 'refs/heads/gh-readonly-queue/main/pr-5-ab' },
  { ref: 'refs/pull/5/merge', environment: 'prod' },
  { ref: 'refs/pull/5/merge' },
]
const events = [
  'push',
  'schedule',
  'workflow_dispatch',
  'repository_dispatch',
  'release',
  'create',
  'deployment',
  'merge_group',
  'fork',
  'watch',
  'gollum',
  'issues',
  'issue_comment',
  'discussion',
  'discussion_comment',
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'workflow_run',
  'check_run',
  'check_suite',
  'status',
  'deployment_status',
  'an_event_of_2027',
]
const issuers = [
  'https://token.actions.githubusercontent.com',
  'https://token.actions.githubusercontent.com/acme',
  'https://token.actions.acme.ghe.com',
  'https://ghe.example.com/_services/token',
]
const clientIds = ['c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71', undefined]
const audiences = ['5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495', 'https://github.com/my-org', 'x']

const base = {
  repository: 'my-org/my-repo',
  repository_owner: 'my-org',
  repository_id: '77',
  repository_owner_id: '9',
  actor: 'octocat',
  job_workflow_ref: 'my-org/ci/.github/workflows/sql.yml@refs/heads/main',
  workflow_ref: 'my-org/my-repo/.github/workflows/n.yml@refs/heads/main',
  aud: [],
  exp: 1,
}

function* jobs(): Generator<Job> {
  for (const context of contexts)
    for (const event_name of events)
      for (const iss of issuers)
        for (const hasIds of [false, true]) yield { ...base, ...context, event_name, iss, hasIds }
}

/** Jobs of somebody else, or of the same people elsewhere, whose tokens come from the same issuer. */
const othersThan = (job: Job): Job[] =>
  [
    {
      ...job,
      repository: 'my-org/other',
      repository_id: '78',
      workflow_ref: 'my-org/other/.github/workflows/n.yml@refs/heads/main',
    },
    {
      ...job,
      repository: 'evil/my-repo',
      repository_owner: 'evil',
      repository_id: '666',
      repository_owner_id: '66',
      workflow_ref: 'evil/my-repo/.github/workflows/n.yml@refs/heads/main',
    },
    { ...job, ref: 'refs/heads/feature', workflow_ref: base.workflow_ref.replace('main', 'feature') },
    { ...job, environment: job.environment === undefined ? 'x' : 'open' },
    { ...job, event_name: 'pull_request', ref: 'refs/pull/6/merge', environment: undefined },
  ] as Job[]

// An environment admits its members, whatever their branch: who may be one, its settings say.
const isElsewhere = (job: Job, other: Job): boolean =>
  other.repository !== job.repository ||
  (job.environment === undefined ? other.ref !== job.ref : other.environment !== job.environment)

test('of 129,600 jobs a policy is shown for 4,224, and none of these admits a job of another place', () => {
  let all = 0
  let shown = 0
  const admitting: string[] = []
  for (const template of templates) {
    for (const job of jobs()) {
      const sub = subjectOf(job, template)
      const elsewhere = othersThan(job).filter((other) => isElsewhere(job, other) && subjectOf(other, template) === sub)
      for (const clientId of clientIds) {
        for (const audience of audiences) {
          const claims = { ...job, sub }
          const policy = policyFor({
            claims,
            audience,
            clientId,
            eventName: job.event_name,
            isSubjectTokenGiven: false,
          })
          all++
          if ('withheld' in policy) continue
          shown++
          if (elsewhere.length > 0) admitting.push(`${sub} on ${job.event_name}`)
        }
      }
    }
  }
  expect({ all, shown, admitting }).toEqual({ all: 129_600, shown: 4_224, admitting: [] })
})
