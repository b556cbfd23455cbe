import { expect, test, vi } from 'vitest'
import { endWhenIdle } from '../../src/runner/run-to-end.ts'

test('what is left open holds the process for a second, and the exit code is that of the work', () => {
  vi.useFakeTimers()
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
  const before = process.exitCode
  endWhenIdle(3)
  const code = process.exitCode
  process.exitCode = before
  vi.advanceTimersByTime(999)
  expect([code, exit.mock.calls]).toEqual([3, []])
  vi.advanceTimersByTime(1)
  expect(exit.mock.calls).toEqual([[3]])
})
