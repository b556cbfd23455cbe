import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { appendSummary } from '../../src/runner/summary.ts'

const folder = mkdtempSync(join(tmpdir(), 'summary-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('adds up to 1 MiB, and then nothing, not a part', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, 'x'.repeat(1024 * 1024 - 4))
  expect([appendSummary(file, 'ää!'), appendSummary(file, 'ää'), appendSummary(file, '!')]).toEqual([
    false,
    true,
    false,
  ])
  expect(readFileSync(file, 'utf8').slice(-3)).toBe('xää')
})

test.each([undefined, '', join(folder, 'none'), folder])('%j is no summary, and no error', (file) => {
  expect(appendSummary(file, 'x')).toBe(false)
})
