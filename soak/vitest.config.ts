import { defineConfig } from 'vitest/config'
import { closingLine } from '../__tests__/setup/closing-line.ts'

// They only wait: side by side they take five minutes, not ten.
const test = { include: ['soak/*.test.ts'], maxWorkers: 2, reporters: ['default', closingLine] }

export default defineConfig({ test })
