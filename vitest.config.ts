import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    testTimeout: 30_000,
    server: { deps: { inline: [/@actions\//] } },
    reporters: ['default', './__tests__/closing-line.ts'],
  },
})
