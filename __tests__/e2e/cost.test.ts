import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { cleanUp } from '../sandbox/support.ts'
import { startPair } from '../support/federated.ts'
import { inputsFor, loginStep, requestsOf } from '../support/login-step.ts'

afterEach(cleanUp)

// Time is measured by `npm run bench`, and by no test. What costs it can be counted.

// A login is asked for at the start of every job: what Node loads for nothing is waited for each time.
// Where coverage is measured, the source runs in place of the bundle, and with modules of its own.
const isBundle = process.env['NODE_V8_COVERAGE'] === undefined

test.runIf(isBundle)(
  'of Node’s own modules a login loads 140 at most, and none of those that nothing here needs',
  async () => {
    const pair = await startPair()
    const list = join(pair.runner.temp, 'modules.txt')
    const tell = `process.on('exit', () => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n')))`
    const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` }
    const { exitCode } = await loginStep(pair, inputsFor(pair), { environment })
    expect(exitCode).toBe(0)
    const loaded = readFileSync(list, 'utf8')
      .split('\n')
      .flatMap((entry) => /^NativeModule (.+)$/.exec(entry)?.[1] ?? [])
    expect(loaded).toContain('https')
    const needless = ['assert', 'perf_hooks', 'readline', 'fs/promises', 'internal/fs/promises', 'timers/promises']
    expect(needless.filter((name) => loaded.includes(name))).toEqual([])
    expect(loaded.length).toBeLessThanOrEqual(140)
  },
)

test('a login is three requests, one a leg, over two connections', async () => {
  const pair = await startPair()
  await loginStep(pair)
  expect(requestsOf(pair)).toHaveLength(3)
  for (const { requests } of [pair.runner, pair.workspace]) {
    expect(new Set(requests.map(({ connection }) => connection)).size).toBe(1)
  }
})
