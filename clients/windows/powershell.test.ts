import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRepository, tableUnder } from '../../__tests__/support/repository.ts'
import { createMasks } from '../../sandbox/masks.ts'
import { hostile } from '../powershell/hostile.ts'
import { hereString, literal } from '../powershell/literal.ts'
import { caughtLast, FAILS_THE_STEP, failing, JOB_SHELL, passing, stepFiles } from '../powershell/scripts.ts'
import { loggedInOnWindows, type WindowsJob } from './job.ts'
import { isHere, powerShellExe } from './place.ts'
import { ownProgram, run, runTogether } from './run.ts'

const texts = hostile.map(([, text]) => text)
const show = ownProgram('show-arguments.mjs')

// Of a row of docs/windows.md: what is written, what arrives, what arrives with 'Standard'.
const rows = tableUnder(readRepository('docs', 'windows.md'), '### From PowerShell')
const inCode = (cell = ''): string => /^`(.*)`/.exec(cell)?.[1]?.replaceAll('\\|', '|') ?? ''
const provable = rows.filter(([, arrives = '']) => !arrives.includes('(read)'))

describe.skipIf(!isHere || powerShellExe() === undefined)('PowerShell on Windows', () => {
  let job: WindowsJob
  beforeAll(async () => {
    job = await loggedInOnWindows()
    for (const [name, text] of Object.entries(stepFiles)) job.write(name, text)
    texts.forEach((text, at) => {
      job.write(`${at}.sql`, text)
    })
  })
  afterAll(() => job.close())

  /** What the warehouse was asked to run by a script; its lines end as those of the script. */
  async function askedBy(lines: readonly string[]) {
    const before = job.workspace.statements().length
    const { stdout, stderr } = await run(job.pwshStep(lines.join('\n')))
    const asked = job.workspace.statements().slice(before)
    return { asked: asked.map(({ request }) => request.statement.replaceAll('\r\n', '\n').trimEnd()), stdout, stderr }
  }

  test('of twenty hostile statements none runs as an argument', async () => {
    const lines = texts.map((text) => `databricks-token sql ${literal(text)} 2>$null; "ended $LASTEXITCODE"`)
    const { asked, stdout } = await askedBy(lines)
    expect(asked).toEqual([])
    // Two have an & or a < outside quotation marks: cmd runs what follows, and its exit code is the last.
    expect(stdout.match(/^ended 2\r?$/gm)).toHaveLength(18)
  })

  test('a statement that is plain is refused, too, with the ways that work', async () => {
    const { asked, stderr } = await askedBy(["databricks-token sql 'SELECT 1'"])
    expect([asked, stderr]).toEqual([[], expect.stringMatching(/SQL_CALL_INVALID.*--file FILE.*sql -.*--param-env/)])
  })

  test('twenty hostile statements arrive through a pipe', async () => {
    expect((await askedBy(texts.map((text) => `${hereString(text)} | databricks-token sql -`))).asked).toEqual(texts)
  })

  test('twenty hostile statements arrive from files', async () => {
    expect((await askedBy(texts.map((_text, at) => `databricks-token sql --file ${at}.sql`))).asked).toEqual(texts)
  })

  test.each(["'Legacy'", "'Standard'"])(
    'what arrives of an argument of exec is what the table says: %s',
    async (mode) => {
      const column = mode === "'Standard'" ? 2 : 1
      const line = (written = '') => `'## '; databricks-token exec -- node ${literal(show)} ${inCode(written)}`
      const passing = column === 2 ? [`$PSNativeCommandArgumentPassing = ${mode}`] : []
      const { stdout } = await run(job.pwshStep([...passing, ...provable.map(([written]) => line(written))].join('\n')))
      const arrived = stdout.split('## ').slice(1)
      expect(
        provable.map(([written], at) => [written, JSON.parse(/^\[.*\]\r?$/m.exec(arrived[at] ?? '')?.[0] ?? '""')]),
      ).toEqual(provable.map((row) => [row[0], JSON.parse(inCode(row[column]))]))
    },
  )

  test('of a token that Format-List wraps no more than a piece a line break can be read', async () => {
    const { stdout } = await run(
      job.pwshStep(
        '[pscustomobject]@{ Authorization = "Bearer $env:DATABRICKS_TOKEN" } | Format-List | Out-String -Width 80',
      ),
    )
    const masks = createMasks(
      ...[...job.login.stdout.matchAll(/^::add-mask::(.+?)\r?$/gm)].map(([, secret = '']) => secret),
    )
    const signature = job.login.outputs['token']?.split('.')[2] ?? ''
    const log = stdout.split('\r\n').map((line) => masks.apply(line))
    const longest = (line: string) => (line.match(/[\w-]{4,}/g) ?? []).filter((text) => signature.includes(text))
    expect(stdout).not.toContain(signature)
    expect(log.flatMap(longest).filter((text) => text.length > 22)).toEqual([])
  })

  const colours = async (scripts: readonly string[], step: (script: string) => ReturnType<WindowsJob['pwshStep']>) =>
    (await runTogether(scripts.map(step))).map(({ exitCode }) => exitCode)

  test('with the line before them four failures fail the step', async () => {
    const scripts = [0, 2, 3, 5].map((at) => failing[at]?.[1] ?? '')
    expect(await colours(scripts, (script) => job.pwshStep(`${FAILS_THE_STEP}\n${script}`))).toEqual([1, 1, 1, 1])
  })

  test('in the shell for a whole job failures fail the step, and exit 5 is 5', async () => {
    const ended = await colours(
      failing.map(([, script]) => script),
      (script) => job.customStep(JOB_SHELL, script),
    )
    expect(ended).toEqual(failing.map(([what]) => (what === 'exit 5' ? 5 : 1)))
  })

  test('in the shell for a whole job what is good or handled passes', async () => {
    const scripts = [...passing.map(([, script]) => script), caughtLast]
    expect(await colours(scripts, (script) => job.customStep(JOB_SHELL, script))).toEqual(scripts.map(() => 0))
  })
})
