import { defineConfig } from 'vitest/config'
import { closingLine } from '../../__tests__/setup/closing-line.ts'

// It makes every core busy: nothing else runs beside it.
const test = { include: ['soak/masks/*.test.ts'], maxWorkers: 1, reporters: ['default', closingLine] }

export default defineConfig({ test })
