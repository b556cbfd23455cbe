import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startRunner } from '../../sandbox/github-runner.ts'
import { startJob } from '../../sandbox/job.ts'

/** A command of the Databricks CLI or the GitHub CLI that a page shows, as its stand-in took it. */
export interface Called {
  readonly program: 'databricks' | 'gh'
  /** `warehouses update-permissions`, `variable set`, `api PUT`. */
  readonly command: string
  readonly arguments: readonly string[]
  readonly flags: Readonly<Record<string, string>>
  /** Of the form that is documented for the command: the stand-in has held it against that. */
  readonly body: CalledBody
}

interface CalledBody {
  readonly oidc_policy?: {
    readonly issuer: string
    readonly subject: string
    readonly audiences?: readonly string[]
    readonly subject_claim?: string
  }
  readonly permissions?: readonly string[]
  readonly access_control_list?: readonly Readonly<Record<string, string>>[]
  readonly changes?: readonly { readonly principal: string; readonly add?: readonly string[] }[]
  readonly deployment_branch_policy?: Readonly<Record<string, boolean>>
  readonly name?: string
}

/** Writes a command for the steps of a job, in a folder that a step can put on its path. */
export function writeCommand(folder: string, name: string, script: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), script)
  chmodSync(join(folder, name), 0o755)
}

const standIn = join(import.meta.dirname, 'stand-ins', 'stand-in.mjs')

/**
 * Runs a shell script as a reader would paste it, with `databricks` and `gh` on its path that take what is
 * documented and nothing else.
 *
 * @returns what they were called with, in order
 * @throws Error with the log, if a command was refused or failed
 */
export async function runWithStandIns(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Called[]> {
  const runner = await startRunner()
  try {
    const [folder, kept] = [join(runner.temp, 'commands'), join(runner.temp, 'called')]
    for (const program of ['databricks', 'gh']) {
      const words = [process.execPath, standIn, program, kept].map((word) => `'${word}'`)
      writeCommand(folder, program, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
    }
    const job = startJob(runner, environment)
    await job.run(`echo '${folder}' >> "$GITHUB_PATH"`)
    const { conclusion } = await job.run(script)
    if (conclusion === 'failure') throw new Error(job.log())
    return existsSync(kept) ? readFileSync(kept, 'utf8').trim().split('\n').map(read) : []
  } finally {
    await runner.close()
  }
}

const read = (line: string): Called => JSON.parse(line)

/** The programs that a script names at the start of a command, in order. */
export const commandsIn = (script: string): string[] =>
  [...script.matchAll(/(?:^|\$\()(databricks|gh) /gm)].map(([, program = '']) => program)
