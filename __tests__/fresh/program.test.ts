import { expect, test } from 'vitest'
import { programEnvironment, runProgram } from '../../src/fresh/program.ts'
import { needsHere } from '../support/needs.ts'

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
    DATABRICKS_DISCOVERY_URL: 'x',
    DATABRICKS_TOKEN_JDBC: 'x',
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

test.each([
  [{}, {}],
  [{ HTTPS_PROXY: 'http://p:1' }, '127.0.0.1,localhost'],
  [{ http_proxy: 'http://p:1', NO_PROXY: 'a.example' }, 'a.example,127.0.0.1,localhost'],
  [
    { http_proxy: 'http://p:1', no_proxy: 'b.example', NO_PROXY: 'a.example' },
    'b.example,a.example,127.0.0.1,localhost',
  ],
])('with %j in the environment loopback is asked without a proxy', (parent, list) => {
  const expected = typeof list === 'string' ? { ...parent, NO_PROXY: list, no_proxy: list } : parent
  expect(programEnvironment(parent, {})).toEqual(expected)
})

const node = (script: string) => [process.execPath, '-e', script]

const endOf = (program: string[]) => runProgram(program, { PATH: process.env['PATH'] }, () => undefined)

test.each([
  [node('process.exit(0)'), 0],
  [node('process.exit(7)'), 7],
  [['no-such-program-anywhere'], 127],
  [['/'], 126],
  [[''], 127],
  [[process.execPath, 'nothing\0after'], 126],
])('%j ends with %i', async (program, exitCode) => {
  expect(await endOf(program)).toBe(exitCode)
})

test('a path through a file ends with 126', async (context) => {
  needsHere(context, 'ENOTDIR')
  expect(await endOf(['/etc/passwd/x'])).toBe(126)
})

test('a program that a signal ended ends with 128 and its number', async (context) => {
  needsHere(context, 'signals')
  expect(await endOf(node('process.kill(process.pid, "SIGTERM")'))).toBe(143)
  expect(await endOf(node('process.kill(process.pid, "SIGKILL")'))).toBe(137)
})
