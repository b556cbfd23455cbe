import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostile, hostileArguments } from './hostile.ts'
import { powerShellJob } from './job.ts'
import { hereString, literal } from './literal.ts'
import { whyNot } from './place.ts'

describe.skipIf(whyNot() !== undefined)('in PowerShell on Linux and macOS', () => {
  const texts = hostile.map(([, text]) => text)

  /** What the warehouse was asked to run by a script. */
  async function askedBy(lines: readonly string[], files: readonly (readonly [string, string])[] = []) {
    const { pwsh, workspace, runner } = await powerShellJob()
    for (const [name, text] of files) writeFileSync(join(runner.workspace, name), text)
    const { stderr } = await pwsh(`${lines.join('\n')}\n$global:LASTEXITCODE = 0`)
    const asked = workspace.statements().map(({ request }) => request.statement)
    return { asked, stderr }
  }

  test('twenty hostile statements arrive as arguments', async () => {
    const { asked } = await askedBy(texts.map((text) => `databricks-token sql ${literal(text)}`))
    expect(asked).toEqual(texts)
  })

  test('twenty hostile statements arrive through a pipe', async () => {
    const { asked } = await askedBy(texts.map((text) => `${hereString(text)} | databricks-token sql -`))
    expect(asked).toEqual(texts)
  })

  test('twenty hostile statements arrive from files', async () => {
    const files = texts.map((text, at) => [`${at}.sql`, text] as const)
    const { asked } = await askedBy(
      files.map(([name]) => `databricks-token sql --file ${name}`),
      files,
    )
    expect(asked).toEqual(texts)
  })

  test('hostile arguments arrive at a program of exec, the empty one, too', async () => {
    const { pwsh } = await powerShellJob()
    const words = hostileArguments.map(literal).join(' ')
    const { stdout } = await pwsh(`databricks-token exec -- node show-arguments.mjs ${words}`)
    expect(JSON.parse(stdout)).toEqual(hostileArguments)
  })

  test('jsonl becomes objects, line breaks in values included; csv is split at them', async () => {
    const { pwsh } = await powerShellJob()
    const query = hereString("SELECT 'one' || char(10) || 'two' AS v UNION ALL SELECT 'three'")
    const count = (format: string, reader: string) =>
      pwsh(`@(${query} | databricks-token sql - --format ${format} | ${reader}).Count`)
    expect((await count('jsonl', 'ConvertFrom-Json')).stdout).toBe('2\n')
    expect((await count('csv', 'ConvertFrom-Csv')).stdout).toBe('3\n')
  })
})
