import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, parseCall } from '../../../src/command-line.ts'
import { commandsIn } from '../../faults/sinks.ts'
import { hostileText } from '../../fuzz/hostile.ts'
import { runs, timeFor } from '../../fuzz/runs.ts'
import { inRepository } from '../../support/repository.ts'

const known = ['exec', '--', '--auth', '--auth=pat', '--min-validity', '--min-validity=1', '60', '--output', 'json']
const word = fc.oneof(
  fc.constantFrom(...known, '--help', '--version', '-h', 'true'),
  hostileText,
  hostileText.map((text) => `--min-validity=${text}`),
)
const words = fc.array(word, { maxLength: 5 })

const isAsItShouldBe = (call: Call, given: string[]): boolean => {
  if (call.kind === 'exec') {
    const program = given.slice(given.indexOf('--') + 1)
    return program.length > 0 && JSON.stringify(call.program) === JSON.stringify(program)
  }
  if (call.kind === 'token') return Number.isInteger(call.minValidity) && call.minValidity >= 0
  return ['wrong', 'help', 'version'].includes(call.kind)
}

test('any words after the command: a call, or what is wrong with it', { timeout: timeFor() }, () => {
  fc.assert(
    fc.property(words, (given) => {
      expect(isAsItShouldBe(parseCall(given), given)).toBe(true)
    }),
    runs(),
  )
})

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const share = 0.01

// In a folder without a login: every call fails, and says why.
test('no word becomes a workflow command, nor leaves its line', { timeout: timeFor(share * 10) }, () => {
  const script = inRepository('dist', 'command', 'index.js')
  const property = fc.property(words, (given) => {
    const texts = given.map((text) => text.replaceAll('\0', ''))
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--kept', folder, ...texts], {
      env: { GITHUB_ACTIONS: 'true' },
      encoding: 'utf8',
    })
    const { kind } = parseCall(texts)
    const isHelp = kind === 'help' || kind === 'version'
    expect([status, stdout === '']).toEqual([isHelp ? 0 : kind === 'wrong' ? 2 : 1, !isHelp])
    expect(commandsIn(stderr)).toEqual(kind === 'wrong' || isHelp ? {} : { error: 1 })
    if (kind === 'wrong') expect(stderr).toMatch(/^databricks-token: .+\n\nUsage:\n/)
  })
  // A few processes are all that there is time for: these are always among them.
  const examples: [string[]][] = [[['\n::stop-commands::x']], [['--output=json\n::error::x']], [['##[error]x']]]
  fc.assert(property, { ...runs(share), examples })
})
