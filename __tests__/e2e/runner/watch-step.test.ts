import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { inRepository } from '../../support/repository.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const canRunTypeScript = process.features.typescript !== false && process.features.typescript !== undefined

// Says `ready`, then `gone` when it sees its step gone, and lives for two seconds at most.
const watcher = `
import { appendFileSync } from 'node:fs'
import { watchStep } from ${JSON.stringify(pathToFileURL(inRepository('src', 'runner', 'watch-step.ts')).href)}
const tell = (word) => appendFileSync(process.env.TOLD, word + '\\n')
watchStep(process.env, () => { tell('gone'); process.exit() })
tell('ready')
setTimeout(() => { tell('late'); process.exit() }, 2000)
`

/** Runs a script as a step does, ends its shell when the watcher is there, and gives what the watcher told. */
async function watched(script: string, environment: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'step-'))
  folders.push(folder)
  const told = join(folder, 'told')
  writeFileSync(join(folder, 'watch.mjs'), watcher)
  writeFileSync(told, '')
  const watch = join(folder, 'watch')
  writeFileSync(watch, `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${watch}.mjs"\n`, { mode: 0o755 })
  const env = { PATH: process.env['PATH'], TOLD: told, ...environment }
  const shell = spawn('bash', ['-c', script.replace('WATCH', watch)], { env, stdio: 'ignore' })
  const words = () => readFileSync(told, 'utf8').trim().split('\n')
  while (!words().includes('ready')) await pause(20)
  shell.kill('SIGKILL')
  while (words().length < 2) await pause(20)
  return words()
}

const inStep = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/tmp/step_summary_1' }

describe.runIf(process.platform === 'linux' && canRunTypeScript)('a shell that is killed', () => {
  test.each(['WATCH; true', 'WATCH | cat', '(timeout 60 WATCH; true) | cat', 'x=$(sh -c "exec WATCH | cat"); true'])(
    'is seen: %s',
    async (script) => {
      expect(await watched(script, inStep)).toEqual(['ready', 'gone'])
    },
  )

  test('is of no interest outside of a workflow', async () => {
    expect(await watched('WATCH; true', {})).toEqual(['ready', 'late'])
  })

  test('is of no interest where it stands above the step', async () => {
    const script = `sh -c 'GITHUB_STEP_SUMMARY=/tmp/step_summary_2 sh -c "WATCH; true"; true'; true`
    expect(await watched(script, { GITHUB_ACTIONS: 'true' })).toEqual(['ready', 'late'])
  })
})
