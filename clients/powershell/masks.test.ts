import { describe, expect, test } from 'vitest'
import { wholeTokensIn } from '../../__tests__/support/logged-in-job.ts'
import { powerShellJob } from './job.ts'
import { whyNot } from './place.ts'

const ask = `
  $headers = @{ Authorization = "Bearer $using:t" }
  (Invoke-RestMethod "$env:DATABRICKS_HOST/api/2.0/preview/scim/v2/Me" -Headers $headers).userName`

describe.skipIf(whyNot() !== undefined)('tokens in jobs and redirections', () => {
  test('stderr let through, a new token that is printed is masked', async () => {
    const { pwsh, setSecondsLeft } = await powerShellJob()
    setSecondsLeft(0)
    const { log, stdout } = await pwsh('$t = databricks-token; $t')
    expect([wholeTokensIn(stdout).length, wholeTokensIn(log)]).toEqual([1, []])
  })

  test.each(['2>&1', '*>&1'])('after %s the line of the mask is no command', async (redirection) => {
    const { pwsh, setSecondsLeft } = await powerShellJob()
    setSecondsLeft(0)
    const { stdout, stderr, log } = await pwsh(`databricks-token ${redirection}`)
    expect([stderr, wholeTokensIn(log).length]).toEqual(['', 1])
    expect(stdout).toContain('::add-mask::')
    expect(stdout).not.toMatch(/^::add-mask::/m)
  })

  test.each([
    ['Start-Job', 'Start-Job { databricks-token } | Receive-Job -Wait'],
    ['Start-ThreadJob', 'Start-ThreadJob { databricks-token } | Receive-Job -Wait'],
    ['ForEach-Object -Parallel', '1 | ForEach-Object -Parallel { databricks-token }'],
  ])('the command itself fails in %s', async (_name, script) => {
    const { pwsh } = await powerShellJob()
    expect((await pwsh(`$null = ${script}`)).conclusion).toBe('failure')
  })

  test.each([
    ['Start-Job', `Start-Job {${ask} } | Receive-Job -Wait`],
    ['Start-ThreadJob', `Start-ThreadJob {${ask} } | Receive-Job -Wait`],
    ['ForEach-Object -Parallel', `1 | ForEach-Object -Parallel {${ask} }`],
  ])('a token that was taken first serves in %s', async (_name, script) => {
    const { pwsh } = await powerShellJob()
    const { log, stdout, conclusion } = await pwsh(`$t = databricks-token\n${script}`)
    expect([conclusion, wholeTokensIn(log)]).toEqual(['success', []])
    expect(stdout).toMatch(/^[0-9a-f-]{36}\n$/)
  })

  test('a token that is wrapped matches no mask, not even that of the login step', async () => {
    const { pwsh, login } = await powerShellJob()
    const token = login.outputs['token'] ?? 'none'
    const { log } = await pwsh(
      '@{ Authorization = "Bearer $env:DATABRICKS_TOKEN" } | Format-List | Out-String -Width 80',
    )
    expect(log.split('\n').filter((line) => line.trim().length > 40 && token.includes(line.trim()))).not.toEqual([])
  })

  test('the error record of a request that failed holds its headers, its message none', async () => {
    const { pwsh } = await powerShellJob()
    const request = `
$headers = @{ Authorization = "Bearer $env:DATABRICKS_TOKEN" }
try { Invoke-RestMethod "$env:DATABRICKS_HOST/nothing" -Headers $headers } catch { $caught = $_ }
`
    const [record, message] = [
      await pwsh(`${request}$caught | Get-Error`),
      await pwsh(`${request}$caught.Exception.Message`),
    ]
    expect([/Authorization|Bearer/.test(record.stdout), /Authorization|Bearer/.test(message.stdout)]).toEqual([
      true,
      false,
    ])
  })
})
