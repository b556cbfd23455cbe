import { defineConfig } from 'vitest/config'
import { closingLine } from './__tests__/closing-line.ts'

export default defineConfig({ test: { include: ['soak/*.test.ts'], reporters: ['default', closingLine] } })
