import { existsSync } from 'node:fs'
import { win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loggedInOnWindows, run, runTogether } from './job.ts'
import { isHere, onThisMachine } from './place.ts'

describe.skipIf(!isHere)('on Windows', () => {
  test('a login gives outputs, environment, state and path, and masks its token', async (context) => {
    const { login, workspace } = await loggedInOnWindows(context)
    const { outputs, env, state, path } = login
    expect(outputs).toMatchObject({
      stderr: "", host: workspace.host, exchanged: 'true', identity_provider: 'github' })
    expect(env).toEqual({
      DATABRICKS_HOST: workspace.host,
      DATABRICKS_SERVER_HOSTNAME: new URL(workspace.host).host,
      DATABRICKS_TOKEN: outputs['token'],
      DATABRICKS_AUTH_TYPE: 'pat',
    })
    expect(path).toEqual([win32.join(state['folder'] ?? '', 'bin')])
    expect(login.stdout.split(/\r?\n/)).toContain(`::add-mask::${outputs['token']}`)
  })

  test('post removes what was kept', async (context) => {
    const { login, post } = await loggedInOnWindows(context)
    const folder = onThisMachine(login.state['folder'] ?? '')
    expect(existsSync(folder)).toBe(true)
    expect(await post()).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(existsSync(folder)).toBe(false)
  })

  test('ten calls at the same time share one login', async (context) => {
    const { workspace, cmdStep, setSecondsLeft } = await loggedInOnWindows(context)
    setSecondsLeft(10)
    const before = workspace.exchanges.length
    const step = cmdStep('call databricks-token')
    const calls = await runTogether(Array.from({ length: 10 }, () => step))
    expect(calls.map(({ exitCode }) => exitCode)).toEqual(calls.map(() => 0))
    expect(workspace.exchanges.length - before).toBe(1)
    expect(new Set(calls.map(({ stdout }) => stdout)).size).toBe(1)
  })

  test.for(['with spaces', '& % ! ( ) ^', "100% 'of' #1 @home", '%TEMP%', 'Köln – 東京'])(
    'RUNNER_TEMP can be called %s',
    async (name, context) => {
      const { login, cmdStep, post } = await loggedInOnWindows(context, name)
      expect(await run(cmdStep('call databricks-token'))).toMatchObject({
      stderr: "",
        exitCode: 0,
        stdout: `${login.outputs['token']}\n`,
      })
      expect((await post()).stdout).toBe('')
    },
  )
})
