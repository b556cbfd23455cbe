// Changes the code of a room, one place at a time, and shows which changes its tests let through:
// npm run mutation -- http, or -- explain/policy.ts. Only tests that run in process see the changes.
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const root = dirname(import.meta.dirname)
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { at: { type: 'string' }, concurrency: { type: 'string', default: '1' } },
})
const [place = ''] = positionals
if (!/^[a-z][a-z-]*(\/[a-z-]+)*(\.ts)?$/.test(place)) throw new Error('Takes a room, or a file: http, http/proxy.ts')

// The tests of a file are those of its folder.
const room = place.replace(/\/[a-z-]+\.ts$|\.ts$/, '')
const file = place.endsWith('.ts') ? `src/${place}` : `src/${place}/**/*.ts`
const configuration = {
  // --at 20-35: these lines alone.
  mutate: [values.at === undefined ? file : `${file}:${values.at}`],
  testRunner: 'vitest',
  vitest: { configFile: 'scripts/vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  // Stryker cannot read it with TypeScript 7, and does without.
  tsconfigFile: 'none.json',
  coverageAnalysis: 'perTest',
  concurrency: Number(values.concurrency),
  ignorePatterns: ['dist', 'lib', 'coverage', '.clients'],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // A timeout is a mutant that was noticed; more time for a machine that does something else, too.
  timeoutMS: 20_000,
  checkers: [],
}
const written = join(root, 'stryker.tmp.json')
writeFileSync(written, JSON.stringify(configuration))
try {
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const env = { ...process.env, ROOM: room }
  const { status } = spawnSync(process.execPath, [stryker, 'run', written], { cwd: root, env, stdio: 'inherit' })
  process.exitCode = status ?? 1
} finally {
  rmSync(written, { force: true })
}
