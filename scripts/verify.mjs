// What has to hold before a commit, each with the time that it took: what is quick all at once, then the tests.
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'

const QUICK = ['lint', 'check', 'unused', 'same-dist']

// The properties are run in full by npm test.
const env = { FUZZ_RUNS: '500', ...process.env }
const cwd = dirname(import.meta.dirname)
// By its file, since a name would need a shell on Windows.
const npm = process.env['npm_execpath']
if (npm === undefined) throw new Error('This is run by npm: npm run verify')

// What a step prints is shown when it has ended, so that no two are mixed.
async function holds(step, stdio) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [npm, 'run', '--silent', step], { cwd, env, stdio: ['ignore', stdio, stdio] })
  const status = new Promise((resolve) => child.once('close', resolve))
  const printed = stdio === 'pipe' ? await Promise.all([text(child.stdout), text(child.stderr)]) : []
  const passed = (await status) === 0
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${printed.join('')}${passed ? 'passed' : 'FAILED'}: npm run ${step} (${seconds} s)`)
  return passed
}

const steps = [...QUICK, 'test:fast']
const held = await Promise.all(QUICK.map((step) => holds(step, 'pipe')))
held.push(await holds('test:fast', 'inherit'))
const failed = steps.filter((_, at) => !held[at])
if (failed.length > 0) {
  console.error(`Not ready: ${failed.join(', ')}`)
  process.exitCode = 1
}
