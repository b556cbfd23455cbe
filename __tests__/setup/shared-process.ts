import { readFileSync } from 'node:fs'
import { afterAll, expect, inject, vi } from 'vitest'

const temporary = inject('temporary')
if (temporary) process.env['TMPDIR'] = temporary

// Files share a process and what it has loaded. A file that mocks a module loads all that it tests anew, and leaves none of it.
const { testPath = '' } = expect.getState()
const isMocking = readFileSync(testPath, 'utf8').includes('vi.mock(')
if (isMocking) vi.resetModules()

// What a file has set aside is back before the next begins.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  if (isMocking) vi.resetModules()
})
