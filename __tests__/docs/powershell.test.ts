import { expect, test } from 'vitest'
import { FAILS_THE_STEP, JOB_SHELL } from '../../clients/powershell/scripts.ts'
import { powerShellJobShells, powerShellSteps } from './powershell.ts'

test('each step in PowerShell begins with the line that makes a failure fail it', () => {
  expect(powerShellSteps.length).toBeGreaterThanOrEqual(3)
  for (const { at, run = '' } of powerShellSteps) expect([at, run.split('\n')[0]]).toEqual([at, FAILS_THE_STEP])
})

test('the shell for a whole job is the one that is tried', () => {
  expect(powerShellJobShells).toEqual([JOB_SHELL])
})
