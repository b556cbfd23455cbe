import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeCommand } from '../../__tests__/docs/called.ts'
import { powerShellSteps } from '../../__tests__/docs/powershell.ts'
import { powerShellJob } from './job.ts'
import { whyNot } from './place.ts'

describe.skipIf(whyNot() !== undefined)('the blocks, run', () => {
  test.each(powerShellSteps)('$at', async ({ run = '', env = {} }) => {
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
