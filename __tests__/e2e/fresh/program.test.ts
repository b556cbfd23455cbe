import { expect, test } from 'vitest'
import { runProgram } from '../../../src/fresh/program.ts'

const node = (script: string) => [process.execPath, '-e', script]

test.skipIf(process.platform === 'win32').each([
  [node('process.exit(0)'), 0],
  [node('process.exit(7)'), 7],
  [node('process.kill(process.pid, "SIGTERM")'), 143],
  [node('process.kill(process.pid, "SIGKILL")'), 137],
  [['no-such-program-anywhere'], 127],
  [['/'], 126],
])('%j ends with %i', async (program, exitCode) => {
  expect(await runProgram(program, { PATH: process.env['PATH'] }, () => undefined)).toBe(exitCode)
})
