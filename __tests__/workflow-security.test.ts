import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { inRepository, readRepository } from './support/repository.ts'

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}
interface Job {
  permissions?: Record<string, string>
  steps: Step[]
  'timeout-minutes'?: number
}
interface Started {
  job: Job
  events: string[]
}
interface Workflow {
  on: string | Record<string, unknown>
  permissions?: unknown
  concurrency: { 'cancel-in-progress': boolean | string }
  jobs: Record<string, Job>
}

const files = globSync('.github/workflows/*.{yml,yaml}', { cwd: inRepository() })
const workflows = files.map((file): [string, Workflow] => [basename(file), parse(readRepository(file))])
const jobs = workflows.flatMap(([file, { on, jobs }]) =>
  Object.entries(jobs).map(([id, job]): [string, Started] => [`${file} ${id}`, { events: eventsOf(on), job }]),
)

function eventsOf(on: Workflow['on']): string[] {
  return typeof on === 'string' ? [on] : Object.keys(on)
}

/** What a job may do beside reading this repository, and what for. A job that is not listed may do nothing else. */
const GRANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'canary.yml login': { 'id-token': 'write' },
  'canary.yml refused': { 'id-token': 'write' },
  'canary.yml report': { contents: 'none', issues: 'write' },
  'codeql.yml analyze': { 'security-events': 'write' },
  'identity.yml github-identity': { 'id-token': 'write' },
  'release.yml verify': { checks: 'read' },
  'release.yml attest': { 'id-token': 'write', attestations: 'write' },
  'release.yml publish': { contents: 'write', attestations: 'read' },
  'scorecard.yml analysis': { 'security-events': 'write' },
}

/** Events in which code or text of a stranger takes part. */
const STRANGERS = ['pull_request', 'merge_group', 'issues', 'issue_comment', 'discussion', 'fork', 'watch']
/** Starts what an event brought with the permissions of this repository. */
const NEVER = ['pull_request_target', 'workflow_run']

const scriptOf = ({ steps }: Job): string => steps.map(({ run = '' }) => run).join('\n')

test('there are workflows', () => {
  expect(files).not.toEqual([])
})

test.each(workflows)(
  '%s gives nothing to all its jobs, and never starts in the name of a stranger',
  (_file, workflow) => {
    expect(workflow.permissions).toEqual({})
    expect(eventsOf(workflow.on).filter((event) => NEVER.includes(event))).toEqual([])
  },
)

test.each(jobs)('%s has the permissions of the table, and no other', (name, { job }) => {
  expect(job['timeout-minutes']).toBeGreaterThan(0)
  const { contents = 'none', ...others } = job.permissions ?? {}
  const { contents: mayWrite, ...granted } = GRANTED[name] ?? {}
  expect(others).toEqual(granted)
  expect(['none', mayWrite ?? 'read']).toContain(contents)
})

test('every row of the table is a job that exists', () => {
  expect(Object.keys(GRANTED).filter((name) => !jobs.some(([known]) => known === name))).toEqual([])
})

const writers = jobs.filter(([, { job }]) => Object.values(job.permissions ?? {}).includes('write'))

// CodeQL reads the code of a pull request, and runs none of it; GitHub gives that of a fork no permission to write.
const READS_ONLY = ['codeql.yml analyze']

test.each(writers)('%s may write, so it runs nothing that a stranger brought', (name, { events }) => {
  if (!READS_ONLY.includes(name)) expect(events.filter((event) => STRANGERS.includes(event))).toEqual([])
})

/** What installs packages, each whole call of it. */
const INSTALLS = /\b(?:npm|pip|pip3|pipx|uv|yarn|pnpm|go|cargo|apt|apt-get)\b (?:ci|install|i|add|get|sync|build)\b.*/g
const RUN_TIME_ALONE = 'npm ci --ignore-scripts --omit=dev --omit=optional'

test.each(writers)('%s may write, so no development dependency is installed', (_name, { job }) => {
  expect(scriptOf(job).match(INSTALLS) ?? []).toEqual([...(scriptOf(job).includes('npm') ? [RUN_TIME_ALONE] : [])])
  expect(scriptOf(job)).not.toMatch(/\bnpx\b|\bnpm (run|exec|test|x)\b/)
})

test.each(workflows)('%s ends no run of main for a newer one', (_file, { on, concurrency }) => {
  const cancels = concurrency['cancel-in-progress']
  const isForPullRequests = String(cancels).endsWith("{{ github.event_name == 'pull_request' }}")
  expect(cancels === false || isForPullRequests || on === 'pull_request').toBe(true)
})

test.each(jobs)('%s runs what was looked at, and nothing that an event brings', (_name, { job }) => {
  for (const { uses = './', run = '', with: given } of job.steps) {
    expect(uses).toMatch(/^(\.\/.*|[\w.-]+\/[\w./-]+@[0-9a-f]{40})$/)
    if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false })
    // An expression is pasted into the script before the shell reads it.
    expect(run).not.toContain('${{')
    for (const install of run.match(/npm (ci|install).*/g) ?? []) expect(install).toContain('--ignore-scripts')
    for (const install of run.match(/pip install.*/g) ?? []) expect(install).toContain('--only-binary :all:')
  }
})

test('one check stands for all that a pull request has to pass, and dist/ is among them', () => {
  const ci = workflows.find(([file]) => file === 'ci.yml')?.[1].jobs ?? {}
  const { name, needs } = Object(ci['passed'])
  expect(name).toBe('CI passed')
  const optional = ['passed', 'audit']
  expect(needs).toEqual(Object.keys(ci).filter((id) => !optional.includes(id)))
  expect(scriptOf(ci['dist'] ?? { steps: [] })).toContain('npm run same-dist')
})

test('the script that a maintainer runs installs without the scripts of packages, too', () => {
  expect(readRepository('.ci', 'run').match(/npm (ci|install).*?(;|$)/gm)).toEqual(['npm ci --ignore-scripts;'])
})

test('only a pushed tag is published, by jobs that run nothing of the repository', () => {
  const release = workflows.find(([file]) => file === 'release.yml')?.[1]
  const { verify, pack, attest, publish, ...others } = release?.jobs ?? {}
  expect(others).toEqual({})
  expect(verify && pack).toBeDefined()
  expect(attest).toMatchObject({ needs: 'pack', if: "github.event_name == 'push' && github.ref_type == 'tag'" })
  expect(publish).toMatchObject({ needs: ['pack', 'attest'], environment: 'release' })
  expect(Object(publish)).not.toHaveProperty('if')
  for (const { uses = '', run = '' } of [...(attest?.steps ?? []), ...(publish?.steps ?? [])]) {
    expect(uses).not.toMatch(/^(\.|actions\/checkout@|actions\/setup-)/)
    expect(run).not.toMatch(/^\s*((node|python3?|sh|bash|source) |\.\/)/m)
  }
})
