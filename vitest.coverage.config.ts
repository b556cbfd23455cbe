import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig, mergeConfig } from 'vitest/config'
import everything from './vitest.config.ts'

const doors = join(import.meta.dirname, '__tests__', 'coverage', 'doors.mjs')

export default mergeConfig(
  everything,
  defineConfig({
    test: {
      env: { FUZZ_RUNS: '300', NODE_OPTIONS: `--import=${pathToFileURL(doors).href}` },
      coverage: {
        enabled: true,
        provider: 'v8',
        // The doors run as children, and are counted there.
        autoAttachSubprocess: true,
        include: ['src/**'],
        reporter: ['text'],
        reportOnFailure: true,
        thresholds: {
          'src/{federation,http,runner}/**': { lines: 100, branches: 100 },
        },
      },
    },
  }),
)
