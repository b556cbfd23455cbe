import type * as Fs from 'node:fs'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { openOutput } from '../../src/warehouse/output.ts'
import { temporaryFolder } from '../store/support.ts'
import { failureOf } from '../support/failures.ts'

/** How many bytes the disk takes in one write. */
const { disk } = vi.hoisted(() => ({ disk: { takes: Number.POSITIVE_INFINITY } }))

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof Fs>()
  const writeSync = (descriptor: number, content: string | Uint8Array, from = 0) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    return fs.writeSync(descriptor, bytes, from, Math.min(disk.takes, bytes.length - from))
  }
  return { ...fs, writeSync }
})

afterEach(() => {
  disk.takes = Number.POSITIVE_INFINITY
})

const effects = { print: () => undefined, stdoutIsFile: false, inWorkflow: true }

test.each([1, 4, 5, Number.POSITIVE_INFINITY])('a disk that takes %d bytes at a time gets all of a result', (takes) => {
  const folder = temporaryFolder()
  const file = join(folder, 'rows.csv')
  disk.takes = takes
  const { write, writeBytes, finish } = openOutput({ output: file, format: undefined }, effects)
  write('n\n✓\n')
  writeBytes(Buffer.from('é\n'))
  write('')
  expect(readdirSync(folder)).not.toContain('rows.csv')
  finish()
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['n\n✓\né\n', ['rows.csv']])
})

test('bytes are printed as text, unless the runner would obey them', async () => {
  const printed: string[] = []
  const { writeBytes } = openOutput(
    { output: undefined, format: 'csv' },
    { ...effects, print: (text) => printed.push(text) },
  )
  writeBytes(Buffer.from('✓\n'))
  expect((await failureOf(() => writeBytes(Buffer.from('::set-env name=A::b\n')))).code).toBe('RESULT_UNFIT')
  expect(printed).toEqual(['✓\n'])
})
