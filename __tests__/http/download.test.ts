import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../sandbox/http-server.ts'
import type { Clock } from '../../src/http/clock.ts'
import { openDownloads } from '../../src/http/download.ts'
import { Fault } from '../../src/http/fault.ts'
import { cleanUp, later } from '../sandbox/support.ts'
import { withoutProxy } from '../support/attempts.ts'

beforeEach(withoutProxy)
afterEach(async () => {
  vi.unstubAllEnvs()
  await cleanUp()
})

/** A clock on which time passes by hand, and calls back whoever waits for it. */
function handClock() {
  let now = 0
  const waiting = new Map<() => void, number>()
  const clock: Clock = {
    now: () => now,
    after: (ms, then) => {
      waiting.set(then, now + ms)
      return () => waiting.delete(then)
    },
    pause: () => Promise.reject(new Error('a download does not pause')),
  }
  const pass = (seconds: number) => {
    now += seconds * 1000
    for (const [then, at] of [...waiting]) {
      if (at > now) continue
      waiting.delete(then)
      then()
    }
  }
  return { clock, pass, isWaitedFor: () => waiting.size > 0 }
}

/** A download from a server that answers by hand. */
async function startDownload() {
  const asked = Promise.withResolvers<ServerResponse>()
  const server = later(await serve(() => ({ status: 200 })))
  server.before = (_request, response) => {
    asked.resolve(response)
    return true
  }
  const { clock, pass, isWaitedFor } = handClock()
  const { get, close } = openDownloads('test', clock)
  later({ close: async () => close() })
  const given = new AbortController()
  const body = get({ purpose: 'Download', method: 'GET', url: new URL(server.origin) }, given.signal)
  body.catch(() => undefined)
  return { body, response: await asked.promise, pass, isWaitedFor, given, port: server.port }
}

/** What a download that has begun brings, piece by piece. */
async function piecesOf(body: Promise<AsyncIterable<Buffer>>) {
  const pieces = (await body)[Symbol.asyncIterator]()
  return { next: async () => String((await pieces.next()).value) }
}

/** The fault of a download; anything else fails the test. */
async function faultOf(download: Promise<unknown>): Promise<Fault> {
  const thrown = await download.catch((error: unknown) => error)
  if (thrown instanceof Fault) return thrown
  throw thrown
}

test('a download that brings nothing for a minute has ended, and may pass', async () => {
  const { body, response, pass, isWaitedFor, port } = await startDownload()
  response.write('one')
  const { next } = await piecesOf(body)
  expect(await next()).toBe('one')
  const second = next()
  pass(60)
  const { failure, transient } = await faultOf(second)
  expect([failure.code, failure.message, transient]).toEqual([
    'TIMED_OUT',
    `Download: no whole answer of 127.0.0.1:${port} within 60.0 s.`,
    true,
  ])
  expect(isWaitedFor()).toBe(false)
})

test('so has one that never begins', async () => {
  const { body, pass, isWaitedFor } = await startDownload()
  pass(60)
  expect((await faultOf(body)).failure.code).toBe('TIMED_OUT')
  expect(isWaitedFor()).toBe(false)
})

test('one that brings something now and then goes on, however long it takes', async () => {
  const { body, response, pass, isWaitedFor } = await startDownload()
  response.write('0')
  const { next } = await piecesOf(body)
  expect(await next()).toBe('0')
  for (let piece = 1; piece <= 5; piece++) {
    pass(30)
    response.write(`${piece}`)
    expect(await next()).toBe(`${piece}`)
    pass(29)
  }
  response.end()
  expect([await next(), isWaitedFor()]).toEqual(['undefined', false])
})

test('and it has ended a minute after its last piece', async () => {
  const { body, response, pass } = await startDownload()
  response.write('0')
  const { next } = await piecesOf(body)
  await next()
  pass(30)
  response.write('1')
  await next()
  const third = next()
  pass(30)
  pass(30)
  expect((await faultOf(third)).failure.code).toBe('TIMED_OUT')
})

test('one that breaks off is a fault that may pass', async () => {
  const { body, response } = await startDownload()
  response.write('one')
  const { next } = await piecesOf(body)
  await next()
  response.destroy()
  expect(await faultOf(next())).toMatchObject({ transient: true, failure: { code: 'NETWORK_FAILED' } })
})

test('a signal ends one with its own reason', async () => {
  const { body, response, given, isWaitedFor } = await startDownload()
  response.write('one')
  const { next } = await piecesOf(body)
  await next()
  const reason = new Error('cancelled')
  given.abort(reason)
  await expect(next()).rejects.toBe(reason)
  expect(isWaitedFor()).toBe(false)
})

test('what comes in place of the body is thrown away, and its connection ends', async () => {
  const { body, response, isWaitedFor, port } = await startDownload()
  const closed = once(response, 'close')
  response.writeHead(403).write('signature=secret')
  const { failure, status, transient } = await faultOf(body)
  expect([failure.message, failure.serverText]).toEqual([`Download: 127.0.0.1:${port} answered 403.`, undefined])
  expect([status, transient, isWaitedFor()]).toEqual([403, true, false])
  await closed
})
