import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { freshToken } from '../../src/store/fresh-token.ts'
import { keep, tokenOf } from './support.ts'

const now = 1_800_000_000
const logIn = async () => ({ accessToken: 'renewed', expiresAt: now + 300 })
const effects = { logIn, timeoutSeconds: 60, describe: String, warning: () => undefined, now: () => now }

test('a token that another call has got since this one asked will do, though it lives too short', async () => {
  const kept = keep(tokenOf('kept', now - 290))
  // Between the first look and the lock.
  let looks = 0
  const readToken = () => (looks++ === 0 ? kept.readToken() : tokenOf('of-another', now, 100))
  const refuse = { ...effects, logIn: () => Promise.reject(new Error('logged in twice')) }
  const token = await freshToken({ ...kept, readToken }, () => 200, refuse)
  expect(token.accessToken).toBe('access-token-of-another')
})

test('a failure that another call has met since this one asked is its failure, too', async () => {
  const kept = keep(tokenOf('kept', now - 290))
  const readFailure = () => ({ beganAt: now, text: 'It said no.' })
  await expect(freshToken({ ...kept, readFailure }, () => 60, effects)).rejects.toMatchObject({
    code: 'RENEWAL_FAILED',
    message: 'It said no.',
  })
})

test('without a kept token a new one is got, and without a login nothing', async () => {
  const kept = keep(tokenOf('kept', now))
  rmSync(join(kept.folder, 'kept', 'token.json'))
  await expect(freshToken(kept, () => 60, { ...effects, logIn: undefined })).rejects.toBeInstanceOf(ActionError)
  expect((await freshToken(kept, () => 60, effects)).accessToken).toBe('renewed')
  expect(kept.readToken()?.accessToken).toBe('renewed')
})
