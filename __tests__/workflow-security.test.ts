import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { inRepository, readRepository } from './support/repository.ts'

interface Step {
  uses?: string
  run?: string
  with?: Record<string, unknown>
}
interface Job {
  if?: string
  permissions?: Record<string, string>
  steps: Step[]
  'timeout-minutes'?: number
}
interface Workflow {
  on: Record<string, unknown>
  permissions?: unknown
  jobs: Record<string, Job>
}

const files = globSync('.github/workflows/*.{yml,yaml}', { cwd: inRepository() })
const workflows = files.map((file): [string, Workflow] => [file, parse(readRepository(file))])

test('there are workflows', () => {
  expect(files).not.toEqual([])
})

test.each(workflows)('%s gives nothing away that it need not', (_file, { on, permissions, jobs }) => {
  expect(permissions).toEqual({})
  expect(Object.keys(on)).not.toContain('pull_request_target')
  expect(Object.keys(on)).not.toContain('workflow_run')
  for (const job of Object.values(jobs)) {
    expect(job['timeout-minutes']).toBeGreaterThan(0)
    const { contents = 'none', 'id-token': identity, ...others } = job.permissions ?? {}
    expect([contents, others]).toEqual(['read', {}])
    // Code of a pull request must not run with the identity of this repository.
    if (identity !== undefined) expect(job.if).toContain("github.event_name == 'push'")
  }
})

test.each(workflows)('%s runs what was looked at, and nothing that an event brings', (_file, { jobs }) => {
  for (const { uses = './', run = '', with: given } of Object.values(jobs).flatMap(({ steps }) => steps)) {
    expect(uses).toMatch(/^(\.\/.*|[\w.-]+\/[\w./-]+@[0-9a-f]{40})$/)
    if (uses.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false })
    // An expression is pasted into the script before the shell reads it.
    expect(run).not.toContain('${{')
    for (const install of run.match(/npm (ci|install).*/g) ?? []) expect(install).toContain('--ignore-scripts')
  }
})

test('the script that a maintainer runs installs without the scripts of packages, too', () => {
  expect(readRepository('.ci', 'run').match(/npm (ci|install).*?(;|$)/gm)).toEqual(['npm ci --ignore-scripts;'])
})
