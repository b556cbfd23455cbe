// Runs the property tests, each property as often as asked for: npm run fuzz -- --runs 1000000
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' } } })
if (!/^[1-9]\d*$/.test(values.runs)) throw new Error('--runs takes a number')

const root = dirname(import.meta.dirname)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', '__tests__/fuzz', '__tests__/e2e/fuzz'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, FUZZ_RUNS: values.runs },
})
process.exitCode = status ?? 1
