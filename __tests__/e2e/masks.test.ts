import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { loggedInJob, wholeTokensIn } from '../support/logged-in-job.ts'
import { needs } from '../support/needs.ts'

needs('bash')

// Those of the service's own secrets, which are another matter.
const withoutHalves = (stderr: string): string => stderr.replaceAll(/\n::add-mask::[0-9a-f]{32}\n/g, '')
const signatureOf = (token: string): string => token.split('.')[2] ?? 'no signature'

test('a token that was renewed where nobody read its mask is masked by the next step that prints it', async () => {
  const { job, setSecondsLeft } = await loggedInJob()
  setSecondsLeft(0)
  await job.run('databricks-token > /dev/null 2>&1')
  const step = await job.run('set -x; t=$(databricks-token); echo "$t"')
  expect(step.stderr).toContain(`\n::add-mask::${signatureOf(step.stdout.trim())}\n`)
  expect(wholeTokensIn(step.log)).toEqual([])
})

test('a kept token is masked by each call and by each start of exec, once', async () => {
  const { job, login } = await loggedInJob()
  const mask = `\n::add-mask::${signatureOf(login.outputs['token'] ?? '')}\n`
  const printed = await job.run('databricks-token > /dev/null; databricks-token --output json > /dev/null')
  expect(printed.stderr).toBe(mask + mask)
  expect(withoutHalves((await job.run('databricks-token exec -- true')).stderr)).toBe(mask)
  expect((await job.run('databricks-token exec --auth pat -- true')).stderr).toBe(mask)
})

const ask = `
const headers = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': process.env.DATABRICKS_HOST }
for (const command of process.argv.slice(2)) {
  if (command !== '') await import('node:child_process').then(({ execSync }) => execSync(command))
  const answer = await fetch(process.env.DATABRICKS_METADATA_SERVICE_URL, { headers })
  console.log((await answer.json()).access_token)
}
`

test('the service masks each token that it serves, the one that another process renewed included', async () => {
  const { job, runner, login } = await loggedInJob()
  writeFileSync(join(runner.workspace, 'ask.mjs'), ask)
  const renew = 'databricks-token --min-validity 400 2> /dev/null'
  const step = await job.run(`databricks-token exec -- node ask.mjs '' '' '${renew}' '' > served; cat served`)
  const served = [...new Set(step.stdout.trim().split('\n'))]
  expect(served).toHaveLength(2)
  expect(served[0]).toBe(login.outputs['token'])
  expect(withoutHalves(step.stderr)).toBe(served.map((token) => `\n::add-mask::${signatureOf(token)}\n`).join(''))
})

test('callers that share a login mask its token each', async () => {
  const { job, setSecondsLeft } = await loggedInJob()
  setSecondsLeft(0)
  const step = await job.run('for i in 1 2 3 4 5; do databricks-token > "t$i" 2> "e$i" & done; wait; cat t1; cat e*')
  const [token = '', ...masks] = step.stdout.split('\n').filter((line) => line !== '')
  // The one that logged in masks GitHub's ID token, too.
  expect(masks.filter((mask) => mask === `::add-mask::${signatureOf(token)}`)).toHaveLength(5)
})

// Blocks in a read of its own, as each of the runner's two readers does, and draws a number when the text arrives.
const reader = `
const { openSync, readSync } = require('node:fs')
const { parentPort, workerData: { file, pattern, arrivals } } = require('node:worker_threads')
const descriptor = openSync(file, 'r')
const buffer = Buffer.alloc(65_536)
let text = ''
let place
for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
  text += buffer.toString('utf8', 0, size)
  if (place === undefined && text.includes(pattern)) place = Atomics.add(arrivals, 0, 1)
}
parentPort.postMessage(place)
`

function placeOf(file: string, pattern: string, arrivals: Int32Array): Promise<number | undefined> {
  const worker = new Worker(reader, { eval: true, workerData: { file, pattern, arrivals } })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

test.skipIf(process.platform === 'win32')('two readers: the mask of a new token arrives before the token', async () => {
  const { job, runner } = await loggedInJob()
  const [out, err] = ['out', 'err'].map((name) => join(runner.temp, name))
  if (out === undefined || err === undefined) throw new Error('two names')
  execFileSync('mkfifo', [out, err])
  for (let round = 0; round < 10; round++) {
    const arrivals = new Int32Array(new SharedArrayBuffer(4))
    const [token, mask] = [placeOf(out, 'eyJ', arrivals), placeOf(err, '::add-mask::', arrivals)]
    await job.run(`databricks-token --min-validity 400 > '${out}' 2> '${err}'`)
    expect([await mask, await token]).toEqual([0, 1])
  }
})
