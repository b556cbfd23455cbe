import * as tls from 'node:tls'
import { defaultExclude, defineConfig } from 'vitest/config'
import { closingLine } from './__tests__/closing-line.ts'

// Node before 22.19 cannot trust another authority in process. Linux on x64 brings its own Node.
const needAuthority =
  'setDefaultCACertificates' in tls ? [] : ['**/where-tokens-go.test.ts', '**/faults/**', '**/fuzz/**']
if (needAuthority.length > 0) console.warn(`Left out under Node ${process.version}: ${needAuthority.join(', ')}`)

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    exclude: [...defaultExclude, ...needAuthority],
    testTimeout: 30_000,
    server: { deps: { inline: [/@actions\//] } },
    reporters: ['default', closingLine],
  },
})
