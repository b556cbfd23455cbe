// What has to hold before a commit, one step after the other, each with the time that it took.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'

const steps = ['lint', 'check', 'unused', 'same-dist', 'test:fast']

// The properties are run in full by npm test.
const env = { FUZZ_RUNS: '500', ...process.env }
const cwd = dirname(import.meta.dirname)
// By its file, since a name would need a shell on Windows.
const npm = process.env['npm_execpath']
if (npm === undefined) throw new Error('This is run by npm: npm run verify')

const failed = steps.filter((step) => {
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, [npm, 'run', '--silent', step], { cwd, env, stdio: 'inherit' })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}: npm run ${step} (${seconds} s)`)
  return status !== 0
})
if (failed.length > 0) {
  console.error(`Not ready: ${failed.join(', ')}`)
  process.exitCode = 1
}
