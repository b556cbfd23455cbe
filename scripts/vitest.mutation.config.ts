import { defineConfig } from 'vitest/config'

/** What mutants of one room are tried with: the tests of that room that run in process. */
export default defineConfig({
  test: {
    include: [`__tests__/${process.env['ROOM'] ?? '*'}/**/*.test.ts`],
    testTimeout: 30_000,
    server: { deps: { inline: [/@actions\//] } },
  },
})
