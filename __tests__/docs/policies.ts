import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startRunner } from '../../sandbox/github-runner.ts'
import { startJob } from '../../sandbox/job.ts'
import type { Block } from './markdown.ts'

/** A federation policy, as a page tells the reader to create it. */
export interface WrittenPolicy {
  readonly id: string
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly subject: string
}

const NUMERIC_ID = '7300000000001'

function writtenPolicy(words: string[]): WrittenPolicy {
  const [group, command, action, principal, idOption, id = '', jsonOption, json = ''] = words
  const call = [group, command, action, principal, idOption, jsonOption, words.length]
  const expected = ['account', 'service-principal-federation-policy', 'create', NUMERIC_ID, '--policy-id']
  if (String(call) !== String([...expected, '--json', 8])) throw new Error(`not understood: ${words}`)
  const { oidc_policy: policy } = JSON.parse(json)
  return { id, ...policy }
}

/** Writes a command for the steps of a job, in a folder that a step can put on its path. */
export function writeCommand(folder: string, name: string, script: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), script)
  chmodSync(join(folder, name), 0o755)
}

/** Runs the shell block that creates a policy, with a `databricks` that keeps what it was called with. */
export async function policyOf({ text }: Block): Promise<WrittenPolicy> {
  const runner = await startRunner()
  try {
    const [folder, called] = [join(runner.temp, 'commands'), join(runner.temp, 'called')]
    writeCommand(folder, 'databricks', `#!/bin/sh\nprintf '%s\\0' "$@" > '${called}'\n`)
    const job = startJob(runner, { SERVICE_PRINCIPAL_ID: NUMERIC_ID })
    await job.run(`echo '${folder}' >> "$GITHUB_PATH"`)
    const { conclusion } = await job.run(text)
    if (conclusion === 'failure') throw new Error(job.log())
    return writtenPolicy(readFileSync(called, 'utf8').split('\0').slice(0, -1))
  } finally {
    await runner.close()
  }
}
