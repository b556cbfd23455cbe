import { describe, expect, test } from 'vitest'
import { powerShellJob } from './job.ts'
import { whyNot } from './place.ts'
import { caughtLast, FAILS_THE_STEP, failing, passing } from './scripts.ts'

const colourOf = ({ conclusion }: { conclusion: 'success' | 'failure' }) => (conclusion === 'success' ? 'green' : 'red')

describe.skipIf(whyNot() !== undefined)('the colour of a step', () => {
  const plainlyGreen = failing.filter(([, , plainly]) => plainly === 'green')
  test.each(plainlyGreen)('with shell: pwsh and nothing else, green: %s', async (_what, script) => {
    const { pwsh } = await powerShellJob()
    expect(colourOf(await pwsh(script))).toBe('green')
  })

  test.each(failing)('with the line before it, red: %s', async (_what, script) => {
    const { pwsh } = await powerShellJob()
    expect(colourOf(await pwsh(`${FAILS_THE_STEP}\n${script}`))).toBe('red')
  })

  test.each(failing)('with the shell for a whole job, red: %s', async (what, script) => {
    const { jobShell } = await powerShellJob()
    expect((await jobShell(script)).exitCode).toBe(what === 'exit 5' ? 5 : 1)
  })

  test.each(passing)('in both, green: %s', async (_what, script) => {
    const { pwsh, jobShell } = await powerShellJob()
    expect(colourOf(await pwsh(`${FAILS_THE_STEP}\n${script}`))).toBe('green')
    expect(colourOf(await jobShell(script))).toBe('green')
  })

  test('a failure that is caught last: red with shell: pwsh, whose last line is the runner’s, green in the other', async () => {
    const { pwsh, jobShell } = await powerShellJob()
    expect(colourOf(await pwsh(`${FAILS_THE_STEP}\n${caughtLast}`))).toBe('red')
    expect(colourOf(await jobShell(caughtLast))).toBe('green')
  })

  test('with the line || handles no failure of a command any more', async () => {
    const { pwsh } = await powerShellJob()
    const script = "databricks-token --nonsense || 'handled'\n$global:LASTEXITCODE = 0"
    expect((await pwsh(script)).stdout).toBe('handled\n')
    expect(colourOf(await pwsh(`${FAILS_THE_STEP}\n${script}`))).toBe('red')
  })

  test('what the shell for a whole job lacks: $PSScriptRoot, and the line of a failure', async () => {
    const { pwsh, jobShell } = await powerShellJob()
    const script = '"root: $($PSScriptRoot.Length)"\n\nthrow "thrown"'
    const [own, whole] = [await pwsh(script), await jobShell(script)]
    expect([own.stdout, whole.stdout]).toEqual([expect.stringMatching(/^root: [1-9]/), 'root: 0\n'])
    expect([/\.ps1:\d/.test(own.stderr), /\.ps1|:\d+$/m.test(whole.stderr)]).toEqual([true, false])
  })

  test('in the shell for a whole job a program is logged in without a prefix', async () => {
    const { jobShell } = await powerShellJob()
    expect((await jobShell('$env:DATABRICKS_AUTH_TYPE')).stdout).toBe('metadata-service\n')
  })
})
