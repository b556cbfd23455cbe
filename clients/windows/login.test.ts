import { existsSync } from 'node:fs'
import { win32 } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loggedInOnWindows, type WindowsJob } from './job.ts'
import { isHere, onThisMachine } from './place.ts'
import { run, spokenBy } from './run.ts'

describe.skipIf(!isHere)('on Windows', () => {
  let job: WindowsJob
  beforeAll(async () => {
    job = await loggedInOnWindows()
  })
  afterAll(() => job.close())

  test('a login gives outputs, environment, state and path, and masks its token', () => {
    const { login, workspace } = job
    const { outputs, env, state, path } = login
    expect(outputs).toMatchObject({ host: workspace.host, exchanged: 'true', scope: 'all-apis' })
    expect(env).toEqual({
      DATABRICKS_HOST: workspace.host,
      DATABRICKS_SERVER_HOSTNAME: new URL(workspace.host).host,
      DATABRICKS_TOKEN: outputs['token'],
      DATABRICKS_AUTH_TYPE: 'pat',
    })
    expect(path).toEqual([win32.join(state['folder'] ?? '', 'bin')])
    const token = outputs['token'] ?? ''
    const pieces = (token.split('.')[2] ?? '').match(/.{16}(?=.{16})|.{16,}$/g) ?? []
    expect(pieces).toHaveLength(21)
    const masks = [token, ...pieces].map((secret) => `::add-mask::${secret}`)
    expect(login.stdout.split(/\r?\n/)).toEqual(expect.arrayContaining(masks))
    expect(login.stderr).toBe('')
  })

  test('post removes what was kept', async () => {
    const folder = onThisMachine(job.login.state['folder'] ?? '')
    expect(existsSync(folder)).toBe(true)
    expect(await job.post()).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(existsSync(folder)).toBe(false)
  })
})

test.skipIf(!isHere).each(['& % ! ( ) ^ with spaces', "100% 'of' #1 @home", '%TEMP%', 'Köln – 東京 & ! ( ) ^'])(
  'RUNNER_TEMP can be called %s',
  async (name) => {
    const { login, cmdStep, post, close } = await loggedInOnWindows(name)
    const ended = await run(cmdStep('call databricks-token'))
    expect([ended.exitCode, ended.stdout, spokenBy(ended)]).toEqual([0, `${login.outputs['token']}\n`, ''])
    expect((await post()).stdout).toBe('')
    await close()
  },
)
