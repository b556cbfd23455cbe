import { defineConfig } from 'vitest/config'
import { closingLine } from '../../__tests__/setup/closing-line.ts'

export default defineConfig({
  test: {
    include: ['clients/powershell/**/*.test.ts'],
    globalSetup: ['clients/powershell/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ['default', closingLine],
  },
})
