import { expect, test } from 'vitest'
import { githubSubject, withoutIds } from '../../src/explain/github-subject.ts'

const read = (sub: string | undefined, repository?: string) =>
  githubSubject({
    ...(sub === undefined ? {} : { sub }),
    ...(repository === undefined ? {} : { repository }),
    aud: [],
    exp: undefined,
  })

test.each([
  ['repo:o/r:environment:prod', 'repo:o/r', 'environment', false],
  ['repo:o/r:environment:a:b\nc', 'repo:o/r', 'environment', false],
  ['repo:o/r:pull_request', 'repo:o/r', 'pull_request', false],
  ['repo:o/r:ref:refs/heads/main', 'repo:o/r', 'branch', false],
  ['repo:o/r:ref:refs/heads/ref:refs/tags/x', 'repo:o/r', 'branch', false],
  ['repo:o/r:ref:refs/tags/v1', 'repo:o/r', 'tag', false],
  ['repo:o/r:environment:ref:refs/tags/v1', 'repo:o/r', 'environment', false],
  ['repo:octo-org@65/octo-repo@74:environment:prod', 'repo:octo-org@65/octo-repo@74', 'environment', true],
  ['repo:o@1/r:pull_request', 'repo:o@1/r', 'pull_request', false],
])('%j is taken apart', (sub, repository, kind, hasIds) => {
  expect(read(sub)).toEqual({ repository, kind, hasIds })
  expect(read(sub, 'another/one')).toEqual({ repository, kind, hasIds })
})

test.each([
  undefined,
  '',
  'me',
  'pull_request',
  'environment:prod',
  'ref:refs/heads/main',
  'repo:o/r',
  'repo:o/r:',
  'repo:o/r:environment:',
  'repo:o/r:pull_request:x',
  'repo:o/r:pull_request\n',
  'repo:o/r:x:pull_request',
  'repo:o/r:workflow:x:environment:prod',
  'repo:o/r:workflow:x:ref:refs/heads/main',
  'repo:o/r:workflow:x:ref:refs/tags/v1',
  'repo:o/r:ref:refs/heads/',
  'repo:o/r:ref:refs/tags/',
  'repo:o/r:ref:refs/pull/7/merge',
  'repo:o/r:x-ref:refs/heads/main',
  'repo:o/r:x-environment:prod',
  'repo:o/r/x:environment:prod',
  'repo:/r:environment:prod',
  'repo:o/:environment:prod',
  'repo:o:environment:prod',
  'xrepo:o/r:environment:prod',
  '12345678:environment:repo:o/r:x',
  'repository_id:74:environment:prod',
])('%j is what a template makes of a job’s subject, and nothing known without a job', (sub) => {
  expect(read(sub)).toBeUndefined()
  expect(read(sub, 'o/r')).toEqual({ repository: 'repo:o/r', kind: 'custom', hasIds: false })
})

test.each([
  ['repo:o@1/r@2', true],
  ['repo:o@12/r@34:workflow:x', true],
  ['repo:o@1/r@2x', false],
  ['repo:o@1/r@', false],
  ['repo:o@/r@2', false],
  ['repo:o@x/r@2', false],
  ['repo:o@1/r@y', false],
  ['repo:@1/r@2', false],
  ['repo:o@1/@2', false],
  ['repo:o/r@2', false],
  ['repo:o:x@1/r@2', false],
  ['x:repo:o@1/r@2', false],
])('whether the subject %j holds ids: %s', (sub, hasIds) => {
  expect(read(sub, 'o/r')).toMatchObject({ kind: 'custom', hasIds })
})

test.each([
  ['repo:octo-org@65/octo-repo@74:environment:prod', 'repo:octo-org/octo-repo:environment:prod'],
  ['repo:o@1/r@2', 'repo:o/r'],
  ['repo:o@1/r@2:environment:repo:x@3/y@4', 'repo:o/r:environment:repo:x@3/y@4'],
  ['repo:o/r:environment:a@1/b@2', 'repo:o/r:environment:a@1/b@2'],
  ['repo:o@1/r:x', 'repo:o@1/r:x'],
  ['repo:@1/@2', 'repo:@1/@2'],
  ['repo:o@1/r@x', 'repo:o@1/r@x'],
  ['xrepo:o@1/r@2', 'xrepo:o@1/r@2'],
])('%j without ids is %j', (sub, plain) => {
  expect(withoutIds(sub)).toBe(plain)
})
