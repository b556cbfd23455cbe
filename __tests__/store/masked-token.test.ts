import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { maskedFirst } from '../../src/store/masked-token.ts'
import { keep, tokenOf } from './support.ts'

const START = 1_800_000_000
const renewed = tokenOf('renewed', START)

/** A job on a clock that only its pauses and the test move, and what its processes do, in their order. */
function jobWith({ folder } = keep(renewed)) {
  let ms = 0
  const events: string[] = []
  return {
    folder,
    events,
    advance: (more: number) => {
      ms += more
    },
    /** A process whose stderr is this pipe, or none. */
    process: (pipe: string | undefined, inWorkflow = true) => {
      const handOut = maskedFirst(
        { folder },
        {
          mask: (...secrets) => events.push(`mask ${secrets.join(' ')}`),
          inWorkflow,
          pipe,
          now: () => START + ms / 1000,
          pause: async (time) => {
            const begun = ms
            events.push(`pause ${Math.round(time)}`)
            await Promise.resolve()
            ms = Math.max(ms, begun + time)
          },
        },
      )
      return async (token = renewed, ...beside: string[]) => {
        await handOut(token, ...beside)
        events.push('token')
      }
    },
  }
}

const mask = 'mask access-token-renewed'

test('a new token is handed out 100 ms after its mask', async () => {
  const { process, events } = jobWith()
  await process('1:1')()
  expect(events).toEqual([mask, 'pause 100', 'token'])
})

test('the login step’s own is not held up: its mask has long been read', async () => {
  const { process, events } = jobWith()
  await process('1:1')({ ...renewed, isOfLoginStep: true })
  expect(events).toEqual([mask, 'token'])
})

test('a step pays once: an earlier call wrote the mask to the same pipe, 100 ms ago or more', async () => {
  const { process, events, advance } = jobWith()
  await process('1:1')()
  advance(1)
  await process('1:1')()
  await process('1:1')()
  expect(events).toEqual([mask, 'pause 100', 'token', mask, 'token', mask, 'token'])
})

test('a call that comes 40 ms after the first mask waits for the other 60', async () => {
  const { process, events, advance } = jobWith()
  const first = process('1:1')()
  advance(40)
  await Promise.all([first, process('1:1')()])
  expect(events.filter((event) => event.startsWith('pause'))).toEqual(['pause 100', 'pause 60'])
})

test.each([
  ['another pipe, as of the next step, or of 2>&1 within $(…)', '1:2'],
  ['no pipe, as a file or /dev/null', undefined],
])('a mask that was written to %s proves nothing', async (_, other) => {
  const { process, events, advance } = jobWith()
  await process(other)()
  advance(1000)
  await process('1:1')()
  expect(events).toEqual([mask, 'pause 100', 'token', mask, 'pause 100', 'token'])
})

test('nor does the mask of the token before', async () => {
  const { process, events, advance } = jobWith()
  await process('1:1')()
  advance(1000)
  await process('1:1')(tokenOf('next', START))
  expect(events.slice(3)).toEqual(['mask access-token-next', 'pause 100', 'token'])
})

test('a clock that is set back makes no mask older', async () => {
  const { process, events, advance } = jobWith()
  await process('1:1')()
  advance(-60_000)
  await process('1:1')()
  expect(events.slice(3)).toEqual([mask, 'pause 100', 'token'])
})

test('all clients of one process wait for the same mask, and once', async () => {
  const { process, events } = jobWith()
  const handOut = process(undefined)
  await Promise.all([handOut(), handOut(), handOut()])
  await handOut()
  expect(events).toEqual([mask, 'pause 100', mask, mask, 'token', 'token', 'token', mask, 'token'])
})

test('other secrets are masked in the same write', async () => {
  const { process, events } = jobWith()
  await process('1:1')(renewed, 'a-half', 'another-half')
  expect(events[0]).toBe(`${mask} a-half another-half`)
})

test('outside of a workflow nobody waits', async () => {
  const { process, events } = jobWith()
  await process('1:1', false)()
  expect(events).toEqual([mask, 'token'])
})

test('without its folder each process waits, and hands out', async () => {
  const { process, events, folder } = jobWith()
  rmSync(folder, { recursive: true })
  await process('1:1')()
  await process('1:1')()
  expect(events).toEqual([mask, 'pause 100', 'token', mask, 'pause 100', 'token'])
})

test('what is kept of masks holds no token, few pipes, and is not trusted', async () => {
  const { process, folder, events } = jobWith()
  const file = join(folder, 'kept', 'masks.json')
  for (let pipe = 0; pipe < 40; pipe++) await process(`1:${pipe}`)()
  const written = readFileSync(file, 'utf8')
  expect(written).not.toContain(renewed.accessToken)
  expect(Object.keys(JSON.parse(written).pipes)).toHaveLength(32)
  for (const pipes of [null, 'x', { '1:39': 'yesterday' }, { '1:39': Number.MAX_VALUE }]) {
    writeFileSync(file, JSON.stringify({ ...JSON.parse(written), pipes }))
    events.length = 0
    await process('1:39')()
    expect(events).toEqual([mask, 'pause 100', 'token'])
  }
})
