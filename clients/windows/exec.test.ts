import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loggedInOnWindows, type WindowsJob } from './job.ts'
import { isHere, modules, nodeExe, onWindows } from './place.ts'
import { ownProgram, run, spokenBy } from './run.ts'

const hostile = [
  'a b',
  '',
  'a"b',
  '"',
  '"a b"',
  '" & echo owned & "',
  '\\"',
  'a\\\\"b c',
  'C:\\folder\\',
  'with space\\',
  'a&b|c',
  '^',
  '^&',
  '<in >out',
  '(a)',
  '!PATH!',
  '!',
  '%',
  '%PATH%',
  "'*?'",
  'line\nbreak',
  'ünïcode 東京',
  ';,=',
]
const forBatch = (argument: string): boolean => !/[\r\n]|%/.test(argument)

describe.skipIf(!isHere)('exec on Windows', () => {
  let job: WindowsJob
  beforeAll(async () => {
    job = await loggedInOnWindows()
    job.addTool(
      'tool.cmd',
      '@echo off',
      `"${nodeExe}" "${ownProgram('show-arguments.mjs')}" %*`,
      'exit /b %ERRORLEVEL%',
    )
    job.addTool('seven.cmd', '@exit /b 7')
  })
  afterAll(() => job.close())

  const exec = (...words: string[]) => run(job.token('exec', '--', ...words))

  test('all arguments arrive at an .exe', async () => {
    const { stdout } = await exec(nodeExe, ownProgram('show-arguments.mjs'), ...hostile)
    expect(JSON.parse(stdout)).toEqual(hostile)
  })

  test('arguments arrive at a batch file found by PATHEXT', async () => {
    const given = hostile.filter(forBatch)
    expect(given.length).toBe(20)
    const ended = await exec('tool', ...given)
    expect(spokenBy(ended)).toBe('')
    expect(JSON.parse(ended.stdout)).toEqual(given)
  })

  test.each(hostile.filter((argument) => !forBatch(argument)))('%j is refused by name', async (argument) => {
    const { exitCode, stdout, stderr } = await exec('tool', 'first', argument)
    expect([exitCode, stdout]).toEqual([126, ''])
    expect(stderr).toMatch(/tool is a batch file, and cmd would read .* in argument 2 as its own/)
    expect(stderr).not.toContain(argument)
  })

  test('a program is not taken from the folder of the step', async () => {
    job.write('dbt.cmd', '@echo taken from the checkout')
    const ended = await exec('dbt')
    expect([ended.exitCode, ended.stdout, spokenBy(ended)]).toEqual([127, '', 'databricks-token: dbt was not found.\n'])
    expect((await exec('.\\dbt')).stdout).toBe('taken from the checkout\r\n')
  })

  test('Ctrl-C is left to the program, which may clean up', async () => {
    const { program, parameters } = job.token('exec', '--', nodeExe, ownProgram('clean-up.mjs'), 'ready')
    const press = [ownProgram('press-ctrl-c.mjs'), onWindows(modules), 'ready', program, ...parameters]
    const { exitCode, stdout } = await run(job.command(nodeExe, press))
    expect([exitCode, stdout]).toEqual([9, 'cleaned up\n'])
  })

  test('the exit code of a batch file is that of exec', async () => {
    expect((await exec('seven.cmd')).exitCode).toBe(7)
  })
})
