import { EventEmitter } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { programEnvironment, runProgram } from '../../src/program/run-program.ts'

const { spawn } = vi.hoisted(() => ({ spawn: vi.fn() }))
vi.mock('node:child_process', () => ({ spawn }))
afterEach(() => vi.unstubAllGlobals())

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

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'a %s that comes as the program starts is handed on',
  async (signal) => {
    const child = Object.assign(new EventEmitter(), { kill: vi.fn() })
    const before = process.listenerCount(signal)
    spawn.mockImplementation(() => {
      // A signal is told when the loop turns; whether anybody listens is decided when it comes.
      expect(process.listenerCount(signal)).toBe(before + 1)
      return child
    })
    const ended = runProgram(['program'], {}, () => undefined)
    process.emit(signal, signal)
    child.emit('exit', null, signal)
    expect(await ended).toBeGreaterThan(128)
    expect(child.kill).toHaveBeenCalledExactlyOnceWith(signal)
    expect(process.listenerCount(signal)).toBe(before)
  },
)

test('what is there and cannot be started is told, with the exit code of a shell', async () => {
  const told: string[] = []
  vi.stubGlobal('process', Object.create(process, { platform: { value: 'win32' } }))
  const exitCode = await runProgram([import.meta.dirname], {}, (line) => told.push(line))
  expect([exitCode, told]).toEqual([126, [`${import.meta.dirname} cannot be executed.`]])
})
