import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchStep } from '../../src/runner/watch-step.ts'

const summary = '/tmp/step_summary_1'
const inStep = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }

let processes = ''

beforeEach(() => {
  processes = mkdtempSync(join(tmpdir(), 'processes-'))
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(processes, { recursive: true })
})

interface Told {
  parent: number
  state?: string
  startedAt?: string
  /** Its GITHUB_STEP_SUMMARY; without one its environment cannot be read. */
  summary?: string
}

/** Makes the system tell this of a process; its name holds what could be taken for its end. */
function info(pid: number, { parent, state = 'S', startedAt = '100', summary: own }: Told): void {
  const folder = join(processes, String(pid))
  mkdirSync(folder, { recursive: true })
  const between = Array.from({ length: 17 }, () => '0').join(' ')
  writeFileSync(join(folder, 'stat'), `${pid} (a) Z 9 (b) ${state} ${parent} ${between} ${startedAt} 0\n`)
  if (own !== undefined) writeFileSync(join(folder, 'environ'), `A=1\0GITHUB_STEP_SUMMARY=${own}\0`)
}

const [shell, timeout, runner] = [900_001, 900_002, 900_003]

/** This process in a program of a step's shell, below the runner's own process. */
function tellOfStep(): void {
  info(process.pid, { parent: timeout, summary })
  info(timeout, { parent: shell, summary })
  info(shell, { parent: runner, summary })
  info(runner, { parent: 1 })
  info(1, { parent: 0 })
}

/** How often the watch has told that the step is gone, after a change and two seconds. */
function toldAfter(change: () => void, environment: NodeJS.ProcessEnv = inStep): number {
  const gone = vi.fn()
  const unwatch = watchStep(environment, gone, processes)
  vi.advanceTimersByTime(2000)
  expect(gone).not.toHaveBeenCalled()
  change()
  vi.advanceTimersByTime(2000)
  unwatch()
  return gone.mock.calls.length
}

test.each([
  ['its shell has ended', () => rmSync(join(processes, String(shell)), { recursive: true })],
  ['its shell has ended, and nobody has asked for it', () => info(shell, { parent: runner, state: 'Z' })],
  ['a program between has another parent', () => info(timeout, { parent: 1 })],
  ['the number of its shell is another’s', () => info(shell, { parent: runner, startedAt: '777' })],
])('a step is gone, once, when %s', (_name, change) => {
  tellOfStep()
  expect(toldAfter(change)).toBe(1)
})

test.each([
  ['what is above the step ends', () => rmSync(join(processes, String(runner)), { recursive: true })],
  ['nothing happens', () => undefined],
  ['its shell is stopped for a while', () => info(shell, { parent: runner, state: 'T' })],
])('a step is there while %s', (_name, change) => {
  tellOfStep()
  expect(toldAfter(change)).toBe(0)
})

test('where no process names the summary of a step, this one alone is watched', () => {
  tellOfStep()
  const environment = { GITHUB_ACTIONS: 'true' }
  expect(toldAfter(() => rmSync(join(processes, String(shell)), { recursive: true }), environment)).toBe(0)
  expect(toldAfter(() => info(process.pid, { parent: 1 }), environment)).toBe(1)
})

test('where the system tells of no process, nothing but the parent is watched', () => {
  expect(toldAfter(() => undefined)).toBe(0)
})

test('outside of a workflow nothing is watched', () => {
  tellOfStep()
  expect(toldAfter(() => info(process.pid, { parent: 1 }), {})).toBe(0)
})

test('a watch that is ended tells nothing', () => {
  tellOfStep()
  const gone = vi.fn()
  watchStep(inStep, gone, processes)()
  info(shell, { parent: 1 })
  vi.advanceTimersByTime(2000)
  expect(gone).not.toHaveBeenCalled()
})
