import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { knownProcess, writeProcess } from '../../../src/processes.ts'
import { startStaying } from '../../../src/serve/start-staying.ts'
import { temporaryFolder } from '../../store/support.ts'
import { failureOf } from '../../support/failures.ts'
import { untilGone } from '../../support/staying.ts'

/** Starts a script in place of the process that stays. */
async function start(script: string, { answerMs = 5000, parent = process.pid } = {}) {
  const folder = temporaryFolder()
  const file = join(folder, 'stay.mjs')
  writeFileSync(file, script)
  return startStaying({ script: file, folder, environment: process.env, parent, answerMs })
}

const SAYS_READY = "process.send({ url: 'http://127.0.0.1:1/x', environment: {}, halves: [] })"
const RUNS_ON = 'setInterval(() => undefined, 1000)'

test.each([
  ['ends before it serves', 'process.exit(3)', 'ended with 3.'],
  ['is killed before it serves', "process.kill(process.pid, 'SIGKILL')", 'ended with SIGKILL.'],
  ['says something else', `process.send('hello'); ${RUNS_ON}`, 'said something else than that it serves.'],
  ['says nothing', RUNS_ON, 'gave no answer within 0.5 s.'],
])('a process that %s is a failure of the step', async (_name, script, end) => {
  const { code, message } = await failureOf(() => start(script, { answerMs: 500 }))
  expect([code, message]).toEqual(['STAY_FAILED', `The process that keeps later steps logged in ${end}`])
})

test('one that cannot be started is, too', async () => {
  const { execPath } = process
  onTestFinished(() => {
    process.execPath = execPath
  })
  process.execPath = join(temporaryFolder(), 'node')
  const { code, message } = await failureOf(() => start(RUNS_ON))
  expect([code, message]).toEqual([
    'STAY_FAILED',
    expect.stringMatching(/ could not be started \(spawn .* ENOENT\)\.$/),
  ])
})

const SAYS_ARGUMENTS = "process.send({ url: '', environment: { IT: process.argv.slice(4).join(' ') }, halves: [] })"

test('it is told which worker it ends with, but in a container, where that cannot be seen', async () => {
  const parents = [process.pid, 0]
  const started = await Promise.all(parents.map((parent) => start(`${SAYS_ARGUMENTS}; ${RUNS_ON}`, { parent })))
  for (const { abandon } of started) abandon()
  const worker = writeProcess(knownProcess(process.pid))
  expect(started.map(({ environment }) => environment['IT'])).toEqual([`--worker ${worker}`, ''])
})

test.each([
  ['ends', 'process.exit(0)', 'ended with 0.'],
  ['says something else', "process.send('hello')", 'said something else than that it stays.'],
])('one that %s when it is let go has not stayed', async (_name, then, end) => {
  const { stay, abandon, process: started } = await start(`process.on('message', () => ${then}); ${SAYS_READY}`)
  const { code, message } = await failureOf(stay)
  expect([code, message]).toEqual(['STAY_FAILED', `The process that keeps later steps logged in ${end}`])
  abandon()
  await untilGone(started.pid)
})
