import { expect, test } from 'vitest'
import { programEnvironment, runProgram } from '../../src/fresh/program.ts'

test('competing logins are not handed on, and what others need is', () => {
  const parent = {
    PATH: '/usr/bin',
    ARM_CLIENT_ID: 'arm',
    DATABRICKS_CLIENT_ID: 'x',
    DATABRICKS_CLIENT_SECRET: 'x',
    DATABRICKS_CONFIG_PROFILE: 'x',
    DATABRICKS_OIDC_TOKEN: 'x',
    DATABRICKS_OIDC_TOKEN_ENV: 'x',
    DATABRICKS_OIDC_TOKEN_FILEPATH: 'x',
    DATABRICKS_METADATA_SERVICE_URL: 'x',
    DATABRICKS_WORKSPACE_ID: 'of another login',
    DATABRICKS_AUTH_TYPE: 'github-oidc',
    DATABRICKS_WAREHOUSE_ID: 'w',
  }
  expect(programEnvironment(parent, { DATABRICKS_AUTH_TYPE: 'metadata-service' })).toEqual({
    PATH: '/usr/bin',
    ARM_CLIENT_ID: 'arm',
    DATABRICKS_WAREHOUSE_ID: 'w',
    DATABRICKS_AUTH_TYPE: 'metadata-service',
  })
})

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
