import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { missingPermission } from '../../src/explain/missing-permission.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'permission-'))
  mkdirSync(join(folder, '.github', 'workflows'), { recursive: true })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function event(payload: unknown): string {
  const file = join(folder, 'event.json')
  writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return file
}

const github = {
  GITHUB_ACTIONS: 'true',
  GITHUB_JOB: 'deploy',
  GITHUB_ACTOR: 'octocat',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_WORKFLOW_REF: 'octo-org/octo-repo/.github/workflows/deploy.yml@refs/heads/main',
}

const pullRequest = (head: string | null) => ({
  pull_request: {
    head: { repo: head === null ? null : { full_name: head } },
    base: { repo: { full_name: 'octo-org/octo-repo' } },
  },
})

function checkedOut(workflow = own) {
  writeFileSync(join(folder, '.github', 'workflows', 'deploy.yml'), workflow)
  return { ...github, GITHUB_WORKSPACE: folder }
}

const asPullRequest = (payload: unknown) => ({
  ...github,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_EVENT_PATH: event(payload),
})

const jobs = 'jobs:\n  deploy:\n    permissions:\n      contents: read\n'
const own = 'permissions:\n  contents: read\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n'
const replaced = 'permissions:\n  id-token: write\njobs:\n  deploy:\n    permissions:\n      contents: read\n'
const elsewhere = `${own.replace('jobs:', '\njobs:')}  other:\n    permissions:\n      id-token: write\n`
const spaced =
  'name: x\npermissions: # all of it\n\n# for Databricks\n  contents: read\n\n  id-token:  write\n\njobs:\n  deploy:\n'
const withheld = 'permissions:\n  contents: read\n  # id-token: write\njobs:\n  deploy:\n'
const manyLines = own.replace('jobs:\n', `\njobs:\n${'  - uses: actions/checkout@v4\n'.repeat(500)}`)
const caller = 'jobs:\n  call:\n    uses: ./.github/workflows/called.yml\n'

test.each([
  ['no GitHub runner', 'NO_OIDC_RUNNER', () => ({ CI: 'true' })],
  ['one that imitates it', 'NO_OIDC_RUNNER', () => ({ ...github, ACT: 'true' })],
  ['a fork', 'FORK_PULL_REQUEST', () => asPullRequest(pullRequest('mallory/octo-repo'))],
  ['a fork that is gone', 'FORK_PULL_REQUEST', () => asPullRequest(pullRequest(null))],
  ['a pull request of the repository itself', 'NO_PERMISSION', () => asPullRequest(pullRequest('octo-org/octo-repo'))],
  ['a payload that is none', 'NO_PERMISSION', () => asPullRequest('{')],
  ['a payload without a pull request', 'NO_PERMISSION', () => asPullRequest({ pull_request: null })],
  ['one that does not say where it goes', 'NO_PERMISSION', () => asPullRequest({ pull_request: {} })],
  ['no payload', 'NO_PERMISSION', () => ({ ...github, GITHUB_EVENT_NAME: 'pull_request' })],
  ['Dependabot', 'DEPENDABOT', () => ({ ...github, GITHUB_ACTOR: 'dependabot[bot]' })],
  ['a called workflow', 'CALLER_DOES_NOT_GRANT', () => checkedOut(caller)],
  ['permissions of the job', 'JOB_REPLACES_PERMISSIONS', () => checkedOut(replaced)],
  ['every permission of the workflow', 'JOB_REPLACES_PERMISSIONS', () => checkedOut(`permissions: write-all\n${jobs}`)],
  ['permissions at the end', 'JOB_REPLACES_PERMISSIONS', () => checkedOut(`${jobs}permissions:\n  id-token: write`)],
  ['no permissions of the workflow', 'NO_PERMISSION', () => checkedOut(jobs)],
  ['permissions of the job, among comments', 'JOB_REPLACES_PERMISSIONS', () => checkedOut(spaced)],
  ['lines of Windows', 'JOB_REPLACES_PERMISSIONS', () => checkedOut(replaced.replaceAll('\n', '\r\n'))],
  ['all permissions', 'JOB_REPLACES_PERMISSIONS', () => checkedOut('permissions: write-all\njobs:\n  deploy:\n')],
  ['in braces', 'JOB_REPLACES_PERMISSIONS', () => checkedOut('permissions: { id-token: write }\njobs:\n  deploy:\n')],
  ['a permission of another job', 'NO_PERMISSION', () => checkedOut(elsewhere)],
  ['a permission in a comment', 'NO_PERMISSION', () => checkedOut(withheld)],
  ['a workflow of many lines', 'NO_PERMISSION', () => checkedOut(manyLines)],
  ['no permission anywhere', 'NO_PERMISSION', () => checkedOut(own)],
  ['nothing checked out', 'NO_PERMISSION', () => github],
  [
    'a path out of the folder',
    'NO_PERMISSION',
    () => ({ ...checkedOut(), GITHUB_WORKFLOW_REF: 'octo-org/octo-repo/../x@y' }),
  ],
] as const)('%s: %s', async (_name, reason, environmentOf) => {
  const failure = missingPermission(environmentOf())
  expect(failure).toMatchObject({ code: 'ID_TOKEN_PERMISSION_MISSING', reason })
  await expect(`${failure.message}\n\n${failure.advice}\n`).toMatchFileSnapshot(`texts/permission/${reason}.txt`)
})

test('a job whose name could be more than a name is not named', () => {
  const { message, advice, reason } = missingPermission({ ...checkedOut(), GITHUB_JOB: 'a:\n  b' })
  expect(reason).toBe('NO_PERMISSION')
  expect(`${message}${advice}`).not.toContain('a:')
  expect(advice).toContain('\n  JOB:\n')
})
