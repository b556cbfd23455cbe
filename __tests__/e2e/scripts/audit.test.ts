import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runProcess } from '../../../sandbox/run-process.ts'
import { needs } from '../../support/needs.ts'
import { inRepository } from '../../support/repository.ts'

/** Runs the script with a program in place of npm that prints this and fails, as npm does in each of these cases. */
async function auditWith(answer: string) {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  try {
    writeFileSync(join(folder, 'npm'), `#!/bin/sh\ncat <<'END'\n${answer}\nEND\nexit 1\n`)
    chmodSync(join(folder, 'npm'), 0o755)
    const environment = { PATH: [folder, process.env['PATH']].join(delimiter) }
    const command: [string, string] = [process.execPath, inRepository('scripts', 'audit.ts')]
    return await runProcess({ command, environment, folder }, () => {})
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('the audit of what is bundled', () => {
  needs('scripts as programs')
  test('fails where a fault is known, and names the package', async () => {
    const ended = await auditWith('{"auditReportVersion": 2, "vulnerabilities": {"jose": {"severity": "high"}}}')
    expect(ended.exitCode).toBe(1)
    expect(ended.stdout).toBe('::error title=Known faults::jose (high). See npm audit --omit=dev.\n')
  })

  test('passes where none is known', async () => {
    const ended = await auditWith('{"auditReportVersion": 2, "vulnerabilities": {}}')
    expect([ended.exitCode, ended.stdout]).toEqual([0, 'The registry knows no fault of what is bundled.\n'])
  })

  test.each(['{"message": "405 Method Not Allowed", "statusCode": 405}', ''])(
    'warns where %j came back',
    async (text) => {
      const ended = await auditWith(text)
      expect([ended.exitCode, ended.stdout]).toEqual([0, expect.stringContaining('::warning title=No audit::')])
    },
  )
})
