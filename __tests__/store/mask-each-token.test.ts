import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { maskEachToken } from '../../src/store/mask-each-token.ts'
import { keep, tokenOf } from './support.ts'

test('each token is masked as it is kept, until the folder is gone', async () => {
  const kept = keep(tokenOf('1', 1_800_000_000))
  const masked: string[] = []
  const turns = [
    () => kept.writeToken(tokenOf('2', 1_800_000_150)),
    () => undefined,
    () => rmSync(kept.folder, { recursive: true }),
  ]
  const pause = async () => turns.shift()?.()
  const signal = new AbortController().signal
  await maskEachToken(kept, { mask: (token) => masked.push(token), pause, signal })
  expect(masked).toEqual(['access-token-1', 'access-token-2', 'access-token-2'])
})

test('a token that cannot be read at this moment is no end, and a signal is', async () => {
  const kept = keep(tokenOf('1', 1_800_000_000))
  const ended = new AbortController()
  let looks = 0
  const readToken = () => void looks++
  const pause = async () => looks === 3 && ended.abort()
  await maskEachToken({ ...kept, readToken }, { mask: () => undefined, pause, signal: ended.signal })
  expect(looks).toBe(3)
})
