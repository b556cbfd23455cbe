import { join } from 'node:path'
import { defaultExclude, defineConfig } from 'vitest/config'
import { closingLine } from '../__tests__/setup/closing-line.ts'

const modules = join(import.meta.dirname, '..', '.clients', 'npm', 'node_modules')

export default defineConfig({
  // The warehouse's Thrift definition is installed by the run itself, beside the clients.
  resolve: {
    alias: [{ find: /^(@databricks\/sql|thrift|node-int64)(?=$|\/)/, replacement: `${modules}/$1` }],
  },
  test: {
    include: ['clients/**/*.test.ts'],
    // These need Windows, or Wine, or PowerShell, or are no clients.
    exclude: [...defaultExclude, 'clients/windows/**', 'clients/powershell/**', 'clients/set-up-script/**'],
    globalSetup: ['clients/setup/install.ts'],
    testTimeout: 60_000,
    // The long cases are waiting for tokens to end, and do so at the same time. More of them than twelve start so many
    // programs at once that two cores are not ready before the first token ends.
    maxWorkers: 3,
    maxConcurrency: 4,
    reporters: ['default', closingLine],
  },
})
