import { readdirSync } from 'node:fs'
import { dirname, win32 } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loggedInOnWindows, type WindowsJob } from './job.ts'
import { isHere, nodeExe, onThisMachine } from './place.ts'
import { ownProgram, run, runTogether } from './run.ts'

describe.skipIf(!isHere)('the command in a step with shell: cmd', () => {
  let job: WindowsJob
  beforeAll(async () => {
    job = await loggedInOnWindows()
  })
  afterAll(() => job.close())

  const linesOf = async (script: string) => {
    const { exitCode, stdout } = await run(job.cmdStep(script))
    return { exitCode, lines: stdout.split(/\r?\n/).filter((line) => line !== '') }
  }
  const token = () => job.login.outputs['token'] ?? ''

  test('called, it prints the token, and the script goes on', async () => {
    expect(await linesOf('call databricks-token\necho and on')).toEqual({ exitCode: 0, lines: [token(), 'and on'] })
  })

  test('not called, the script ends with it', async () => {
    expect(await linesOf('databricks-token\necho and on')).toEqual({ exitCode: 0, lines: [token()] })
  })

  test('for /f takes the token as a value', async () => {
    const { lines } = await linesOf(`for /f %%t in ('databricks-token') do set TOKEN=%%t\necho got %TOKEN%`)
    expect(lines).toEqual([`got ${token()}`])
  })

  test('the token goes through a pipe', async () => {
    job.write('read.mjs', 'for await (const text of process.stdin.setEncoding("utf8")) console.log(text.trim().length)')
    const { lines } = await linesOf(`databricks-token | "${nodeExe}" read.mjs`)
    expect(lines).toEqual([String(token().length)])
  })

  test.each([
    ['', 0],
    ['--nonsense', 2],
    [`exec -- "${nodeExe}" -e process.exit(7)`, 7],
    [`exec -- "${nodeExe}" -e process.exit(300)`, 300],
    ['exec -- no-such-program', 127],
    ['exec -- C:\\', 126],
  ])('databricks-token %s ends with %i', async (words, exitCode) => {
    expect((await run(job.cmdLine(`databricks-token ${words}`))).exitCode).toBe(exitCode)
  })

  // Wine 8 makes 1 of every exit code that comes back from a call.
  test('after a call that failed ERRORLEVEL is set', async () => {
    const { lines } = await linesOf('call databricks-token --nonsense 2> error\nif errorlevel 1 echo failed')
    expect(lines).toEqual(['failed'])
  })

  test('ten calls at the same time share one login', async () => {
    job.setSecondsLeft(10)
    const before = job.workspace.exchanges.length
    const calls = await runTogether(Array.from({ length: 10 }, () => job.token()))
    expect(calls.filter(({ exitCode }) => exitCode !== 0)).toEqual([])
    expect(job.workspace.exchanges.length - before).toBe(1)
    expect(new Set(calls.map(({ stdout }) => stdout)).size).toBe(1)
  })

  test('a new token is kept while somebody reads the old one', async () => {
    job.setSecondsLeft(10)
    const { program, parameters } = job.token()
    const file = win32.join(job.login.state['folder'] ?? '', 'kept', 'token.json')
    const { stdout } = await run(job.command(nodeExe, [ownProgram('hold-open.mjs'), file, program, ...parameters]))
    const { stdout: again } = await run(job.token())
    expect([again, again.trim().split('.').length]).toEqual([stdout, 3])
    expect(readdirSync(dirname(onThisMachine(file)))).toEqual(['login.json', 'token.json'])
  })

  // `%%` is missing: Wine 8 reads what `%*` gave once more, and Windows does not.
  test('arguments in quotation marks reach the program through it, twelve of twelve', async () => {
    const given = ['a b', 'a&b', 'a|b', '<in >out', 'a^b', '^&', '(!)', '!PATH!', '', 'a=b;c,d', "it's", 'a"b']
    const quoted = given.map((argument) => `"${argument.replace('"', '""')}"`).join(' ')
    const show = `"${nodeExe}" "${ownProgram('show-arguments.mjs')}"`
    const { lines } = await linesOf(`databricks-token exec -- ${show} ${quoted}`)
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual(given)
  })
})
