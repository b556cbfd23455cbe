import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loggedInJob } from '../../__tests__/support/logged-in-job.ts'
import { readStep } from './worker.ts'

const TOKENS = Number(process.env['TOKENS'] ?? 500)
const SECONDS = 60 + TOKENS * 4
const LIMIT = { timeout: SECONDS * 1000 }

// Every core has something else to do, as on a runner that builds.
const busy = Array.from({ length: availableParallelism() }, () => ({ stop: (): unknown => undefined }))

beforeAll(() => {
  for (const one of busy) {
    const loop = spawn(process.execPath, ['-e', 'for (;;);'])
    one.stop = () => loop.kill('SIGKILL')
  }
})
afterAll(() => {
  for (const { stop } of busy) stop()
})

test('new tokens that are printed straight to the log', LIMIT, async () => {
  const { job, runner } = await loggedInJob()
  const [out, err] = [join(runner.temp, 'out'), join(runner.temp, 'err')]
  const reading = readStep(out, err)
  const call = 'databricks-token --min-validity 400'
  await job.run(`exec > '${out}' 2> '${err}'; for i in $(seq ${TOKENS}); do ${call}; done`, { timeoutSeconds: SECONDS })
  expect(await reading).toEqual({ tokens: TOKENS, unmasked: 0 })
})

test('kept tokens whose mask nobody has read', LIMIT, async () => {
  const { job, runner } = await loggedInJob()
  const printed = { tokens: 0, unmasked: 0 }
  for (let round = 0; round < TOKENS; round++) {
    await job.run('databricks-token --min-validity 400 > /dev/null 2>&1')
    const [out, err] = [join(runner.temp, `out-${round}`), join(runner.temp, `err-${round}`)]
    const reading = readStep(out, err)
    await job.run(`databricks-token > '${out}' 2> '${err}'`)
    const { tokens, unmasked } = await reading
    printed.tokens += tokens
    printed.unmasked += unmasked
  }
  expect(printed).toEqual({ tokens: TOKENS, unmasked: 0 })
})
