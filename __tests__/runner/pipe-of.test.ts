import { expect, test } from 'vitest'
import { pipeOf } from '../../src/runner/pipe-of.ts'

// What a process has open is in __tests__/e2e/runner/pipe-of.test.ts.

test('a descriptor that is not open names no pipe', () => {
  expect(pipeOf(2 ** 31 - 1)).toBeUndefined()
})
