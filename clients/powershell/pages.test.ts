import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { writeCommand } from '../../__tests__/docs/called.ts'
import { blocksOf, pages } from '../../__tests__/docs/markdown.ts'
import { stepsIn } from '../../__tests__/docs/workflow.ts'
import { powerShellJob } from './job.ts'
import { powerShell } from './place.ts'
import { FAILS_THE_STEP, JOB_SHELL } from './scripts.ts'

const blocks = pages.flatMap(blocksOf).filter(({ language }) => language === 'yaml')
const steps = blocks
  .flatMap(({ page, line, text }) => stepsIn(parse(text)).map((step) => ({ ...step, at: `${page}:${line}` })))
  .filter(({ shell }) => shell === 'pwsh')

test('there are such steps', () => {
  expect(steps.length).toBeGreaterThanOrEqual(3)
})

test.each(steps)('the step at $at begins with the line that makes a failure fail it', ({ run = '' }) => {
  expect(run.split('\n')[0]).toBe(FAILS_THE_STEP)
})

test('the shell for a whole job is the one that is tried here', () => {
  const shells = blocks.map(({ text }) => parse(text)?.defaults?.run?.shell).filter((shell) => shell?.includes('pwsh'))
  expect(shells).toEqual([JOB_SHELL])
})

describe.skipIf(powerShell === undefined || process.platform === 'win32')('the blocks, run', () => {
  test.each(steps)('$at', async ({ run = '', env = {} }) => {
    const { job, pwsh, runner } = await powerShellJob()
    for (const name of ['nightly.sql', 'orders.sql']) writeFileSync(join(runner.workspace, name), 'SELECT 1 AS one')
    const tools = join(runner.temp, 'tools')
    writeCommand(tools, 'dbt', '#!/bin/sh\ntest "$DATABRICKS_AUTH_TYPE" = metadata-service\n')
    await job.run(`echo '${tools}' >> "$GITHUB_PATH"`)
    await job.run("databricks-token sql 'CREATE TABLE orders (customer STRING, note STRING)'")
    const { conclusion, log } = await pwsh(run, env)
    expect(conclusion, log).toBe('success')
  })
})
