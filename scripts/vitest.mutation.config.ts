import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** What mutants of one room are tried with: the tests of that room that run in process. */
const toolkit = `${join(import.meta.dirname, '..', 'node_modules', '@actions', 'core', 'lib')}/`

export default defineConfig({
  resolve: { alias: [{ find: /^@actions\/core\/lib\//, replacement: toolkit }] },
  test: {
    include: [`__tests__/${process.env['ROOM'] ?? '*'}/**/*.test.ts`],
    testTimeout: 30_000,
    server: { deps: { inline: [/@actions\//] } },
  },
})
