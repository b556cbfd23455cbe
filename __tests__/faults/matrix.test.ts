import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Case, cases, nameOf } from '../../sandbox/faults/cases.ts'
import { type Result, runCases } from '../../sandbox/faults/run-cases.ts'
import { renderTable, tableIn } from '../../sandbox/faults/table.ts'
import { expectedOf } from './expected.ts'
import { chainOf, commandsIn, leaksIn } from './sinks.ts'

// Ends a run that hangs; a busy machine takes its time.
const FOR_ALL_CASES = 600_000

let results: readonly Result[] = []

beforeAll(async () => {
  results = await runCases('steered')
}, FOR_ALL_CASES)

function resultOf(one: Case): Result {
  const result = results.find(({ fault, leg, repetition }) => {
    return fault === one.fault && leg === one.leg && repetition === one.repetition
  })
  if (result === undefined) throw new Error('the case did not run')
  return result
}

// Each case has run by now; what became of it is judged here.
describe.each(cases.map((one) => ({ name: nameOf(one), one })))('$name', ({ one }) => {
  test('ends as promised', () => {
    const { code, attempts, fixedEndpoint } = expectedOf(one)
    const { outcome } = resultOf(one)
    expect(outcome.failure?.code).toBe(code)
    if (typeof attempts === 'number') expect(outcome.attempts).toBe(attempts)
    else {
      expect(outcome.attempts).toBeGreaterThanOrEqual(attempts[0])
      expect(outcome.attempts).toBeLessThanOrEqual(attempts[1])
    }
    expect(outcome.printed.includes('fixed token endpoint')).toBe(fixedEndpoint)
    // What the log counts is what the server saw, where the request gets as far as that.
    const arrives = one.fault.over !== 'tls' && one.fault.name !== 'connection refused'
    if (arrives) expect(outcome.arrived).toBe(outcome.attempts)
    expect(outcome.strayed).toBe(0)
  })

  test('tells no secret, and nothing that a runner would obey', () => {
    const { outcome, secrets } = resultOf(one)
    const { printed, summary, failure, login } = outcome
    if (login !== undefined) expect(printed).toContain(`::add-mask::${login.accessToken}\n`)
    expect(leaksIn(`${printed}\n${summary}\n${chainOf(failure?.thrown)}`, secrets)).toEqual([])
    const { error = 0, warning, notice, debug, 'add-mask': masks, ...others } = commandsIn(printed)
    expect({ error, others }).toEqual({ error: failure === undefined ? 0 : 1, others: {} })
    expect(printed).not.toMatch(/^::error::|##\[/m)
    expect(summary.includes('<script')).toBe(false)
  })
})

test('every fault that happens once and may pass ends in a login', () => {
  const once = results.filter(({ repetition, outcome }) => repetition === 'once' && outcome.attempts > 1)
  expect(once.length).toBeGreaterThan(50)
  expect(once.filter(({ outcome }) => outcome.failure !== undefined).map(nameOf)).toEqual([])
})

test('docs/reliability.md holds the table of these cases', () => {
  const document = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'reliability.md'), 'utf8')
  expect(tableIn(document)).toBe(renderTable(results, { times: false }))
})
