import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EndedProcess, runProcess } from '../../../sandbox/run-process.ts'
import { needs, needsHere } from '../../support/needs.ts'

// A path of Windows is no specifier of a module.
const source = (name: string) =>
  JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'src', name)).href)

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-to-end-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

// Node before 22.18 runs TypeScript only when asked to.
const STRIP_TYPES = '--experimental-strip-types'

const prologue = `
import { writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { ActionError } from ${source('errors.ts')}
import { runToEnd } from ${source('runner/run-to-end.ts')}
const report = ({ code, message }) => writeSync(1, '::error::' + code + ' ' + message + '\\n')
const forEver = () => new Promise(() => {})
// Holds the event loop open, as a stuck socket would.
const holdOpen = () => new Promise((resolve) => createServer().listen(0, '127.0.0.1', resolve))
`

/** Runs a script that ends by run-to-end.ts; `signal` is sent at its first line of output. */
function run(script: string, signal?: NodeJS.Signals, more: Record<string, string> = {}): Promise<EndedProcess> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.mts`)
  writeFileSync(file, prologue + script)
  return runProcess(
    {
      command: [process.execPath, STRIP_TYPES, file],
      environment: { NODE_NO_WARNINGS: '1', ...more },
      folder,
      timeoutSeconds: 20,
      started: (child) => {
        if (signal !== undefined) child.stdout?.once('data', () => child.kill(signal))
      },
    },
    () => undefined,
  )
}

const failing = [
  [
    'a rejection',
    `runToEnd(async () => { throw new ActionError('HOST_MISSING', 'No host.') }, report)`,
    'HOST_MISSING No host.',
  ],
  ['a throw that is no error', `runToEnd(async () => { throw 'text' }, report)`, 'UNEXPECTED text'],
  [
    'a throw before the work is a promise',
    `runToEnd(() => { throw new Error('at once') }, report)`,
    'UNEXPECTED Error: at once',
  ],
  [
    'a drained event loop',
    'runToEnd(forEver, report)',
    'UNFINISHED The process was about to end before its work was done.',
  ],
  [
    'a drained event loop, later',
    `runToEnd(async () => { await new Promise((resolve) => setTimeout(resolve, 5)); await forEver() }, report)`,
    'UNFINISHED The process was about to end before its work was done.',
  ],
  [
    'an exception in a callback',
    `runToEnd(() => { setTimeout(() => { throw new Error('in a callback') }); return forEver() }, report)`,
    'UNEXPECTED Error: in a callback',
  ],
  [
    'a rejection that nobody awaits',
    `runToEnd(async () => { Promise.reject(new Error('alone')); await holdOpen(); await forEver() }, report)`,
    'UNEXPECTED Error: alone',
  ],
  [
    'process.exit(0) elsewhere',
    `runToEnd(() => { setTimeout(() => process.exit(0)); return forEver() }, report)`,
    'UNFINISHED The process was about to end before its work was done.',
  ],
  [
    'process.exit(0) while it waits for a socket',
    `runToEnd(async () => { await holdOpen(); setTimeout(() => process.exit(0)); await forEver() }, report)`,
    'UNFINISHED The process was about to end before its work was done.',
  ],
  [
    'process.exitCode = 0 and a drained loop',
    `runToEnd(() => { process.exitCode = 0; return forEver() }, report)`,
    'UNFINISHED The process was about to end before its work was done.',
  ],
  [
    'a failure with a socket and a timer still open',
    `runToEnd(async () => { await holdOpen(); setInterval(() => {}, 1000); throw new ActionError('TIMED_OUT', 'late') }, report)`,
    'TIMED_OUT late',
  ],
  [
    'two failures: the first is told',
    `runToEnd(async () => { Promise.reject(new Error('second')); throw new ActionError('TIMED_OUT', 'first') }, report)`,
    'TIMED_OUT first',
  ],
] as const

test.each(failing)('%s: one error and exit code 1', async (_name, script, told) => {
  const { exitCode, signal, timedOut, stdout, stderr } = await run(script)
  expect({ exitCode, signal, timedOut, stdout, stderr }).toEqual({
    exitCode: 1,
    signal: null,
    timedOut: false,
    stderr: '',
    stdout: `::error::${told}\n`,
  })
})

describe('signals', () => {
  needs('signals')

  test.each(['SIGINT', 'SIGTERM'] as const)('%s: one error and exit code 1', async (signal) => {
    const script = `runToEnd(async () => { await holdOpen(); console.log('ready'); await forEver() }, report)`
    const { exitCode, stdout } = await run(script, signal)
    expect([exitCode, stdout]).toEqual([1, `ready\n::error::INTERRUPTED The step was ended by ${signal}.\n`])
  })
})

test('a rejection that nobody awaits, where Node was told to let it pass', async () => {
  const script = `runToEnd(async () => { Promise.reject(new Error('alone')); await forEver() }, report)`
  const { exitCode, stdout } = await run(script, undefined, { NODE_OPTIONS: '--unhandled-rejections=warn' })
  expect([exitCode, stdout]).toEqual([1, '::error::UNEXPECTED Error: alone\n'])
})

test('what throws while the process ends adds no second error', async () => {
  const script = `
    process.on('exit', () => { throw new Error('while it ends') })
    runToEnd(async () => { throw new ActionError('TIMED_OUT', 'late') }, report)`
  const { exitCode, stdout } = await run(script)
  expect([exitCode, stdout]).toEqual([1, '::error::TIMED_OUT late\n'])
})

test('signals that the work hands on do not end it', async (context) => {
  needsHere(context, 'signals')
  const script = `
    const work = async () => {
      const signalled = new Promise((resolve) => process.once('SIGTERM', () => resolve(7)))
      await holdOpen()
      console.log('ready')
      return signalled
    }
    runToEnd(work, report, [])`
  const { exitCode, stdout } = await run(script, 'SIGTERM')
  expect([exitCode, stdout]).toEqual([7, 'ready\n'])
})

test.each([0, 3])('work that is done ends with its exit code %i, whatever is still open', async (code) => {
  const script = `runToEnd(async () => { await holdOpen(); console.log('done'); return ${code} }, report)`
  const { exitCode, timedOut, stdout } = await run(script)
  expect([exitCode, timedOut, stdout]).toEqual([code, false, 'done\n'])
})

test('what was printed before the end arrives, however much it is', async () => {
  const script = `runToEnd(async () => { process.stdout.write('x'.repeat(1_000_000)); return 0 }, report)`
  const { exitCode, stdout } = await run(script)
  expect([exitCode, stdout.length]).toEqual([0, 1_000_000])
})

test('a report that fails still ends the process', async () => {
  const script = `runToEnd(async () => { await holdOpen(); throw new Error('first') }, () => { throw new Error('second') })`
  const { exitCode, timedOut } = await run(script)
  expect([exitCode, timedOut]).toEqual([1, false])
})

const atOnce = `import { writeAllSync } from ${source('runner/write-all-sync.ts')}\n`

test('writing at once waits for a pipe that is full', async () => {
  // Node makes the pipe non-blocking when its own stdout is first used.
  const script = `${atOnce}process.stdout.write('x'); writeAllSync(1, 'y'.repeat(1_000_000)); process.exit(0)`
  const { exitCode, stdout } = await run(script)
  expect([exitCode, stdout.length]).toEqual([0, 1_000_001])
})

test('writing at once gives up a pipe that nobody reads', async (context) => {
  needsHere(context, 'bash')
  const file = join(folder, 'unread.mts')
  writeFileSync(file, `${atOnce}writeAllSync(1, 'y'.repeat(1_000_000)); process.exit(5)`)
  const script = 'trap "" PIPE; "$0" "$1" "$2" | true; exit $PIPESTATUS'
  const command = ['bash', '-c', script, process.execPath, STRIP_TYPES, file] as const
  const environment = { NODE_NO_WARNINGS: '1', PATH: process.env['PATH'] }
  const { exitCode } = await runProcess({ command, environment, folder }, () => undefined)
  expect(exitCode).toBe(5)
})
