import { rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rememberToken } from '../../src/store/remembered-token.ts'
import { keep, tokenOf } from './support.ts'

const now = 1_800_000_000

test('the token that was read last stays known when its folder is gone', () => {
  const kept = keep(tokenOf('kept', now))
  const remembered = rememberToken(kept, () => now)
  expect(remembered.readToken()?.accessToken).toBe('access-token-kept')
  rmSync(kept.folder, { recursive: true })
  expect(remembered.readToken()?.accessToken).toBe('access-token-kept')
})

test('a token that could not be written is known all the same, and the failure is told', () => {
  const kept = keep(tokenOf('kept', now))
  const remembered = rememberToken(kept, () => now + 10)
  rmSync(kept.folder, { recursive: true })
  expect(() => remembered.writeToken(tokenOf('new', now + 10))).toThrow('ENOENT')
  expect(remembered.readToken()?.accessToken).toBe('access-token-new')
})

test('of the remembered and the kept token the later login counts, unless it is yet to come', () => {
  const kept = keep(tokenOf('kept', now))
  const remembered = rememberToken(kept, () => now)
  remembered.readToken()
  kept.writeToken(tokenOf('of-another', now + 1))
  expect(remembered.readToken()?.accessToken).toBe('access-token-of-another')
  kept.writeToken(tokenOf('older', now - 1))
  expect(remembered.readToken()?.accessToken).toBe('access-token-of-another')
  kept.writeToken(tokenOf('to-come', now + 3600))
  expect(remembered.readToken()?.accessToken).toBe('access-token-of-another')
})
