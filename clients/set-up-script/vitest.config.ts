import { defineConfig } from 'vitest/config'
import { closingLine } from '../../__tests__/setup/closing-line.ts'

// The cases are those of `npm test`, where one shell and what stands for the programs have to do.
export default defineConfig({
  test: {
    include: [
      'clients/set-up-script/**/*.test.ts',
      '__tests__/e2e/set-up/**/*.test.ts',
      '__tests__/e2e/scripts/set-up-canary.test.ts',
      '__tests__/e2e/docs/readme.test.ts',
    ],
    env: { SET_UP_PROGRAMS: 'installed' },
    testTimeout: 120_000,
    isolate: false,
    reporters: ['default', closingLine],
  },
})
