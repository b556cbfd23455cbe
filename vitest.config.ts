import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import * as tls from 'node:tls'
import { defaultExclude, defineConfig } from 'vitest/config'
import { announcing } from './__tests__/setup/announcing.ts'
import { closingLine } from './__tests__/setup/closing-line.ts'

// Node before 22.19 cannot trust another authority in process. Linux on x64 brings its own Node.
const needAuthority =
  'setDefaultCACertificates' in tls ? [] : ['**/where-tokens-go.test.ts', '**/faults/**', '**/fuzz/**']
if (needAuthority.length > 0) console.warn(`Left out under Node ${process.version}: ${needAuthority.join(', ')}`)

const PROCESSES = '__tests__/e2e/**/*.test.ts'

// The package exports its whole toolkit alone; tsconfig.json says the same to the compiler and the bundler.
const toolkit = `${join(import.meta.dirname, 'node_modules', '@actions', 'core', 'lib')}/`

export default defineConfig({
  resolve: { alias: [{ find: /^@actions\/core\/lib\//, replacement: toolkit }] },
  test: {
    testTimeout: 30_000,
    // A process of its own for each file would load the same modules 200 times, and double the time of the tests in process.
    isolate: false,
    // Those of e2e/ wait more than they work: for processes, for servers, for a token to end.
    maxWorkers: 3 * availableParallelism(),
    globalSetup: ['__tests__/setup/in-memory.ts'],
    server: { deps: { inline: [/@actions\//] } },
    reporters: ['default', announcing, closingLine],
    // Told apart by the folder: outside e2e/ no test can start a process.
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['__tests__/**/*.test.ts'],
          exclude: [...defaultExclude, PROCESSES, ...needAuthority],
          setupFiles: ['__tests__/setup/in-process.ts', '__tests__/setup/shared-process.ts'],
          // These wait little, and each process more loads all modules once more.
          maxWorkers: Math.ceil(1.5 * availableParallelism()),
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [PROCESSES],
          exclude: [...defaultExclude, ...needAuthority],
          setupFiles: ['__tests__/setup/shared-process.ts'],
          // Vitest wants projects with other numbers of processes one after the other.
          sequence: { groupOrder: 1 },
          // Ends a test that hangs; a busy machine takes its time to start a process.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
