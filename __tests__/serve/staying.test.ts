import { EventEmitter } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownProcess } from '../../src/processes.ts'
import { endStaying } from '../../src/serve/end-staying.ts'
import { stayingEnvironment } from '../../src/serve/start-staying.ts'
import { readReady, STAY, STAYS } from '../../src/serve/staying-messages.ts'
import { channelOf, stay, watchFolder } from '../../src/serve/staying-process.ts'
import { temporaryFolder } from '../store/support.ts'

const ready = { url: 'http://127.0.0.1:1/x', environment: { A: 'b' }, halves: ['c'] }

test('what it says is read as it was said', () => {
  expect(readReady(JSON.parse(JSON.stringify(ready)))).toEqual(ready)
})

test.each([
  undefined,
  null,
  'ready',
  [],
  {},
  { ...ready, url: 1 },
  { ...ready, environment: [] },
  { ...ready, halves: [1] },
])('%j does not say that it serves', (message) => {
  expect(readReady(message)).toBeUndefined()
})

test('it gets what a login needs, and nothing else of the step', () => {
  const needed = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'u',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
    https_proxy: 'p',
    NO_PROXY: 'n',
    RUNNER_TRACKING_ID: 'r',
  }
  const others = {
    NODE_OPTIONS: 'x',
    INPUT_HOST: 'x',
    STATE_x: 'x',
    GITHUB_ENV: 'x',
    A_SECRET: 'x',
    DATABRICKS_TOKEN: 'x',
  }
  expect(stayingEnvironment({ ...needed, ...others })).toEqual(needed)
})

test('paths of certificates are whole, since it runs in another folder', () => {
  expect(stayingEnvironment({ NODE_EXTRA_CA_CERTS: 'ca.pem', SSL_CERT_DIR: '' })).toEqual({
    NODE_EXTRA_CA_CERTS: join(process.cwd(), 'ca.pem'),
    SSL_CERT_DIR: '',
  })
})

/** A step that answers with these messages, and then closes the channel. */
function stepThat(...answers: unknown[]) {
  const sent: unknown[] = []
  let closed = false
  const channel = {
    send: (message: unknown) => sent.push(message),
    next: async () => answers.shift(),
    close: () => {
      closed = true
    },
  }
  return { channel, sent, isClosed: () => closed }
}

test('it stays until its folder is gone', async () => {
  const { channel, sent, isClosed } = stepThat(STAY)
  let looks = 0
  await stay({ channel, ready, isFolderThere: () => ++looks < 3, worker: undefined, pause: async () => undefined })
  expect([sent, isClosed(), looks]).toEqual([[ready, STAYS], true, 3])
})

test('it ends when its worker is gone', async () => {
  const { channel } = stepThat(STAY)
  const worker = { pid: process.pid, startedAt: '1' }
  await stay({ channel, ready, isFolderThere: () => true, worker, pause: () => Promise.reject(new Error('it stays')) })
})

test.each([[undefined], ['something else']])('told %j it does not stay', async (message) => {
  const { channel, sent } = stepThat(message)
  const isFolderThere = () => true
  await stay({ channel, ready, isFolderThere, worker: undefined, pause: () => Promise.reject(new Error('it stays')) })
  expect(sent).toEqual([ready])
})

test('another folder under the name is not the same, and neither is one that was never there', () => {
  const folder = join(temporaryFolder(), 'folder')
  expect(watchFolder(folder)()).toBe(false)
  mkdirSync(folder)
  const isThere = watchFolder(folder)
  expect(isThere()).toBe(true)
  // Made before the first goes, so that the system does not give it the same number.
  const other = `${folder}-other`
  mkdirSync(other)
  rmSync(folder, { recursive: true })
  expect(isThere()).toBe(false)
})

/** Stands for this process, with a channel to its parent. */
function processWith({ connected }: { connected: boolean }) {
  const own = Object.assign(new EventEmitter(), {
    connected,
    sent: [] as unknown[],
    send: (message: unknown, _handle: unknown, _options: unknown, done: () => void) => {
      own.sent.push(message)
      done()
      return true
    },
    disconnect: () => own.emit('disconnect'),
  })
  return own
}

test('a channel gives each message, and its end as none', async () => {
  const own = processWith({ connected: true })
  const channel = channelOf(own as unknown as NodeJS.Process)
  channel.send(STAYS)
  const first = channel.next()
  own.emit('message', STAY)
  expect([await first, own.sent]).toEqual([STAY, [STAYS]])
  const second = channel.next()
  channel.close()
  expect(await second).toBeUndefined()
  expect(await channelOf(processWith({ connected: false }) as unknown as NodeJS.Process).next()).toBeUndefined()
})

const gone = { pid: 2 ** 22 + 1, startedAt: undefined }

test('what is gone is waited for no longer, and not killed', () => {
  const pauses: number[] = []
  const kill = () => expect.unreachable()
  expect(endStaying(gone, kill, (ms) => pauses.push(ms))).toBe(true)
  expect(pauses).toEqual([])
})

test.skipIf(knownProcess(process.pid).startedAt === undefined)('what stays for three seconds is killed', () => {
  const killed: number[] = []
  let waited = 0
  expect(
    endStaying(
      knownProcess(process.pid),
      (pid) => killed.push(pid),
      (ms) => {
        waited += ms
      },
    ),
  ).toBe(false)
  expect([killed, waited]).toEqual([[process.pid], 6000])
})

test('what cannot be told from another process is never killed', () => {
  const kill = () => expect.unreachable()
  expect(endStaying({ pid: process.pid, startedAt: undefined }, kill, () => undefined)).toBe(false)
})
