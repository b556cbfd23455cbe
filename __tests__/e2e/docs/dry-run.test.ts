import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { startRunner } from '../../../sandbox/github-runner.ts'
import { startJob } from '../../../sandbox/job.ts'
import { commandsIn, runWithStandIns } from '../../docs/called.ts'
import { policyAmong } from '../../docs/policies.ts'
import { values } from '../../docs/readme.ts'
import { applicationIds } from '../../docs/world.ts'
import { cleanUp, later } from '../../sandbox/support.ts'
import { inRepository } from '../../support/repository.ts'

afterEach(cleanUp)

/** What a reader writes in place of the words in capitals of a dry run. */
const filledIn: Readonly<Record<string, string>> = {
  ...values,
  SERVICE_PRINCIPAL_ID: '7300000000001',
  APPLICATION_ID: applicationIds.production,
  ...{ CATALOG: 'main', SCHEMA: 'analytics' },
}

async function commandsOfDryRun() {
  const runner = later(await startRunner({ claims: { repository: 'my-org/my-repo', environment: 'prod' } }))
  const { conclusion, log, summary } = await startJob(runner).action({
    entry: inRepository('dist', 'main', 'index.js'),
    inputs: { host: 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com', dry_run: 'true' },
  })
  expect(conclusion, log).toBe('success')
  const blocks = [...summary.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)
  const script = blocks.join('').replace(/\b[A-Z]+(_[A-Z]+)*\b/g, (word) => filledIn[word] ?? word)
  return { issuer: runner.issuer.url, script }
}

const hasTools = ['bash', 'jq'].every((tool) => spawnSync(tool, ['--version']).status === 0)

describe.runIf(hasTools && process.platform !== 'win32')('the summary of a dry run', () => {
  test('has commands that their command lines document, and the policy of the README', async () => {
    const { issuer, script } = await commandsOfDryRun()
    // Its reader is a workspace admin who has logged in before.
    const login = 'databricks auth login --host https://dbc-a1b2c3d4-e5f6.cloud.databricks.com --profile workspace\n'
    const called = await runWithStandIns(login + script)
    expect(called.map(({ program }) => program)).toEqual(commandsIn(login + script))
    expect(policyAmong(called)).toMatchObject({
      issuer,
      audiences: [values.ACCOUNT_ID],
      subject: 'repo:my-org/my-repo:environment:prod',
    })
    const made = called.map(({ command }) => command)
    for (const command of ['service-principals create', 'warehouses update-permissions', 'grants update']) {
      expect(made).toContain(command)
    }
  })
})
