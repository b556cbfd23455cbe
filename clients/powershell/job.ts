import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoggedInJob } from '../../__tests__/support/logged-in-job.ts'
import { sqlJob } from '../../__tests__/support/sql-job.ts'
import type { StepResult } from '../../sandbox/run-step.ts'
import { customShell, pwsh } from '../../sandbox/shells.ts'
import { powerShell as foundPowerShell } from './place.ts'
import { JOB_SHELL, stepFiles } from './scripts.ts'

const programs = join(import.meta.dirname, '..', 'windows', 'programs')

export interface PowerShellJob extends LoggedInJob {
  /** Runs a step with `shell: pwsh`. */
  pwsh: (script: string, environment?: Readonly<Record<string, string>>) => Promise<StepResult>
  /** Runs a step with the one line for a whole job. */
  jobShell: (script: string) => Promise<StepResult>
}

/** A job that is logged in and knows the warehouse, with the files that the scripts name. It goes away with the test. */
export async function powerShellJob(): Promise<PowerShellJob> {
  const powerShell = foundPowerShell
  if (powerShell === undefined) throw new Error('there is no PowerShell')
  const loggedIn = await sqlJob()
  const { job, runner } = loggedIn
  for (const [name, text] of Object.entries(stepFiles)) writeFileSync(join(runner.workspace, name), text)
  cpSync(join(programs, 'show-arguments.mjs'), join(runner.workspace, 'show-arguments.mjs'))
  const named = JOB_SHELL.replace('-- pwsh ', `-- ${powerShell} `)
  return {
    ...loggedIn,
    pwsh: (script, environment) => job.run(script, { timeoutSeconds: 60, environment }, pwsh(powerShell)),
    jobShell: (script) => job.run(script, { timeoutSeconds: 60 }, customShell(named)),
  }
}
