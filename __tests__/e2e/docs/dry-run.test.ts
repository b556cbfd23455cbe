import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { startRunner } from '../../../sandbox/github-runner.ts'
import { startJob } from '../../../sandbox/job.ts'
import { ISSUER } from '../../refusals/as-read.ts'
import { cleanUp, later } from '../../sandbox/support.ts'
import { inRepository } from '../../support/repository.ts'

afterEach(cleanUp)

/** What a reader writes in place of the words in capitals of a dry run. */
const filledIn: Readonly<Record<string, string>> = {
  ACCOUNT_ID: '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495',
  CLIENT_ID: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
  WORKSPACE_ID: '6051921418418893',
  WAREHOUSE_ID: '0123456789abcdef',
  CATALOG: 'main',
  SCHEMA: 'analytics',
  BRANCH: 'main',
  WORKSPACE: 'https://dbc-1.cloud.databricks.com',
}

async function linesOfDryRun() {
  const runner = later(
    await startRunner({ claims: { repository: 'my-org/my-repo', environment: 'prod' }, issuer: { publicUrl: ISSUER } }),
  )
  const { conclusion, log, summary } = await startJob(runner).action({
    entry: inRepository('dist', 'main', 'index.js'),
    inputs: { host: 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com', dry_run: 'true' },
  })
  expect(conclusion, log).toBe('success')
  const lines = [...summary.matchAll(/^sh set-up\.sh .*$/gm)].map(([line]) => line)
  return lines.map((line) => line.replace(/\b[A-Z]+(_[A-Z]+)*\b/g, (word) => filledIn[word] ?? word))
}

/** A folder with what any system has, and nothing that the script asks for. */
function folderOfTools(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'))
  later({ close: async () => rmSync(folder, { recursive: true }) })
  for (const tool of ['cat', 'cut', 'env', 'grep', 'head', 'mktemp', 'rm', 'sed', 'tr']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(found, join(folder, tool))
  }
  return folder
}

// Each is run where neither gh nor databricks is, so that it ends at the first that it needs: its words were taken.
describe.runIf(process.platform !== 'win32')('the summary of a dry run', () => {
  test('has a line for each role of the script, whose words the script takes', async () => {
    const lines = await linesOfDryRun()
    const tools = folderOfTools()
    expect(lines.map((line) => line.split(' ')[2])).toEqual(['github', 'account', 'workspace', 'variables'])
    for (const line of lines) {
      const script = line.replace('sh set-up.sh', `/bin/sh '${inRepository('setup', 'set-up.sh')}'`)
      const { stderr } = spawnSync('/bin/sh', ['-c', script], { env: { PATH: tools }, encoding: 'utf8' })
      expect(stderr, line).toMatch(/^set-up: jq is not installed/)
    }
  })
})
