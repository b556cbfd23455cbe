import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isRealCli } from '../../__tests__/set-up/world.ts'
import { inRepository } from '../../__tests__/support/repository.ts'

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0

test('shellcheck finds nothing', (context) => {
  if (!hasShellcheck) context.skip('the set-up: not on PATH: shellcheck')
  const { stdout } = spawnSync('shellcheck', ['--shell=sh', inRepository('setup', 'set-up.sh')], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

test('the Databricks CLI itself ran in these tests, and not what stands for it', (context) => {
  if (!isRealCli)
    context.skip('the real Databricks CLI: CLIENTS_DATABRICKS_CLI is not set, and the set-up is unproven with it')
  expect(isRealCli).toBe(true)
})
