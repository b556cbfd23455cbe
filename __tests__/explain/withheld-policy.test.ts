import { expect, test } from 'vitest'
import { type TokenOfJob, whyWithheld } from '../../src/explain/withheld-policy.ts'
import { type Claims, claimsOf, repo } from './refused-job.ts'

// __tests__/explain/admitted-jobs.test.ts holds the rule as a whole; here stands why, case by case.

const whyOf = (claims: Claims, more: Partial<TokenOfJob> = {}) =>
  whyWithheld({ claims: claimsOf(claims), eventName: 'push', isSubjectTokenGiven: false, ...more })?.why

const queue = 'refs/heads/gh-readonly-queue/main/pr-5-ab'
const on = (ref: string): Claims => ({ environment: undefined, ref, sub: `${repo}:ref:${ref}` })

test.each<[string, Claims, string | undefined]>([
  ['an environment', {}, undefined],
  ['an environment with a colon in its name', { environment: 'a:b', sub: `${repo}:environment:a%3Ab` }, undefined],
  [
    'an environment called like an event',
    { environment: 'pull_request', sub: `${repo}:environment:pull_request` },
    undefined,
  ],
  ['another environment', { environment: 'prod', sub: `${repo}:environment:production` }, 'context'],
  ['the start of an environment', { environment: 'production', sub: `${repo}:environment:prod` }, 'context'],
  ['a branch', on('refs/heads/main'), undefined],
  ['a branch that is called like a pull request', on('refs/heads/refs/pull/7'), undefined],
  ['a tag', on('refs/tags/v1'), undefined],
  ['another ref', on('refs/notes/x'), 'context'],
  ['no ref', { environment: undefined, ref: undefined }, 'context'],
  ['a branch of the merge queue', on(queue), 'context'],
  ['a branch, where the job has an environment', { sub: `${repo}:ref:refs/heads/main` }, 'context'],
  ['an environment, where the token names none', { environment: undefined }, 'context'],
  ['the repository alone', { sub: repo }, 'context'],
  ['the environment alone', { sub: 'environment:prod' }, 'repository'],
  ['another repository', { sub: 'repo:octo-org/other:environment:prod' }, 'repository'],
  ['a repository whose name begins alike', { sub: `${repo}-two:environment:prod` }, 'repository'],
  ['the owner alone', { sub: 'repository_owner:octo-org:environment:prod' }, 'repository'],
  ['a token that names no repository', { repository: undefined }, 'repository'],
  ['no subject', { sub: undefined }, 'repository'],
  ['a key without a value at its end', { sub: `${repo}:environment` }, 'context'],
  ['pull_request as a value', { sub: `actor:pull_request:${repo}:environment:prod` }, undefined],
  ['the id of the repository', { repository_id: '74', sub: 'repository_id:74:environment:prod' }, undefined],
  ['an id that is another’s', { repository_id: '74', sub: 'repository_id:7:environment:prod' }, 'repository'],
  [
    'names with ids',
    { repository_id: '74', repository_owner_id: '65', sub: 'repo:octo-org@65/octo-repo@74:environment:prod' },
    undefined,
  ],
  [
    'names with ids that are another’s',
    { repository_id: '74', repository_owner_id: '65', sub: 'repo:octo-org@66/octo-repo@74:environment:prod' },
    'repository',
  ],
])('a subject with %s: withheld for %s', (_name, claims, why) => {
  expect(whyOf({ repository_id: undefined, ...claims })).toBe(why)
})

const ofWriters = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release', 'create', 'deployment']

test.each(ofWriters)('on %s a policy is shown', (event) => {
  expect(whyOf({ event_name: event }, { eventName: event })).toBeUndefined()
})

test.each(['pull_request', 'issue_comment', 'workflow_run', 'fork', 'gollum', 'merge_group', 'an_event_of_2027'])(
  'on %s none is shown, whether the token or the runner tells of it',
  (event) => {
    const branch = on('refs/heads/main')
    expect(whyOf({ ...branch, event_name: event })).toBe('event')
    expect(whyOf(branch, { eventName: event })).toBe('event')
    expect(whyOf({ ...branch, event_name: undefined }, { eventName: event })).toBe('event')
  },
)

test('an event that nobody tells of is none of writers', () => {
  expect(whyOf({ event_name: undefined }, { eventName: undefined })).toBe('event')
  expect(whyOf({ event_name: undefined }, { eventName: '' })).toBe('event')
})

test('the merge queue has a policy where the job has an environment', () => {
  expect(whyOf({ event_name: 'merge_group', ref: queue }, { eventName: 'merge_group' })).toBeUndefined()
})

test.each<[string, Claims]>([
  ['the ref', { ref: 'refs/pull/7/merge' }],
  ['the ref in the subject', { sub: `${repo}:ref:refs/pull/7/merge` }],
  ['the subject', { sub: `${repo}:pull_request` }],
])('%s of a pull request counts, whatever the event', (_name, claims) => {
  const withheld = whyWithheld({
    claims: claimsOf({ event_name: 'workflow_dispatch', ...claims }),
    eventName: 'workflow_dispatch',
    isSubjectTokenGiven: false,
  })
  expect(withheld).toMatchObject({
    why: 'event',
    text: expect.stringContaining('No policy is shown for pull_request:'),
  })
})

const bare = { repository: undefined, environment: undefined, event_name: undefined, ref: undefined }

test.each<[string, string, string | undefined]>([
  ['https://token.actions.githubusercontent.com', `${repo}:environment:prod`, undefined],
  ['https://token.actions.githubusercontent.com', `${repo}:ref:refs/heads/main`, undefined],
  ['https://token.actions.githubusercontent.com', `${repo}:ref:refs/tags/v1`, undefined],
  ['https://token.actions.githubusercontent.com', `${repo}:ref:${queue}`, 'context'],
  ['https://token.actions.githubusercontent.com', `${repo}:environment:prod:actor:me`, 'context'],
  ['https://token.actions.githubusercontent.com/acme', 'repository_id:74:environment:prod', 'context'],
  ['https://token.actions.githubusercontent.com', 'environment:prod', 'context'],
  ['https://token.actions.githubusercontent.com', `${repo}:pull_request`, 'event'],
  ['https://accounts.google.com', '1234567890', undefined],
  ['https://accounts.google.com', '', 'repository'],
])('a given token of %s for %s: withheld for %s', (iss, sub, why) => {
  expect(whyOf({ ...bare, iss, sub }, { isSubjectTokenGiven: true })).toBe(why)
})
