import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startRunner } from '../../sandbox/github-runner.ts'
import { startJob } from '../../sandbox/job.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { inRepository } from '../support/repository.ts'

afterEach(cleanUp)

const job = {
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_REPOSITORY: 'octo-org/etl',
  GITHUB_SHA: 'a1b2c3',
  // As the runner has it for an action of the workspace.
  GITHUB_ACTION_REPOSITORY: '',
  GITHUB_ACTION_REF: '',
}

test.skipIf(process.platform === 'win32')('an error of a copied action links to the page beside it', async () => {
  const runner = later(await startRunner())
  const folder = join(runner.workspace, '.github', 'actions', 'databricks-token')
  for (const path of ['action.yml', 'dist', 'docs']) cpSync(inRepository(path), join(folder, path), { recursive: true })
  const environment = { ...job, GITHUB_WORKSPACE: runner.workspace }
  const entry = join(folder, 'dist', 'main', 'index.js')
  const { log, conclusion } = await startJob(runner).action({ entry, inputs: {}, environment })
  expect(conclusion).toBe('failure')
  expect(log).toContain(
    'See https://github.example.com/octo-org/etl/blob/a1b2c3/.github/actions/databricks-token/docs/troubleshooting.md#host_missing',
  )
})
