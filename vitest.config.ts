import { defineConfig } from 'vitest/config'
import { closingLine } from './__tests__/closing-line.ts'

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 30_000,
    server: { deps: { inline: [/@actions\//] } },
    reporters: ['default', closingLine],
  },
})
