import { lstatSync, readdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLoginStore } from '../../src/store/login-store.ts'
import { needsHere } from '../support/needs.ts'
import { keep, login, temporaryFolder, tokenOf } from './support.ts'

const first = tokenOf('first', 1000)

test('what was kept is read again', () => {
  const kept = keep(first)
  expect(kept.readLogin()).toEqual(login)
  expect(kept.readToken()).toEqual(first)
  expect(kept.readFailure()).toBeUndefined()
})

test('every file is for its owner alone', (context) => {
  needsHere(context, 'modes')
  const { folder } = keep(first)
  const modes = readdirSync(join(folder, 'kept')).map((name) => lstatSync(join(folder, 'kept', name)).mode & 0o777)
  expect(lstatSync(join(folder, 'kept')).mode & 0o777).toBe(0o700)
  expect(modes).toEqual([0o600, 0o600])
})

test.each([
  ['is empty', ''],
  ['is cut off', '{"accessToken":"access-token-fir'],
  ['is another document', '[]'],
  ['is null', 'null'],
  ['holds a token that no header can carry', JSON.stringify({ ...first, accessToken: 'a\nb' })],
  ['holds no expiry', JSON.stringify({ ...first, expiresAt: undefined })],
  ['holds an expiry of the wrong type', JSON.stringify({ ...first, expiresAt: '2026' })],
])('a token file that %s is not trusted, and the next token replaces it', (_, content) => {
  const kept = keep(first)
  writeFileSync(join(kept.folder, 'kept', 'token.json'), content)
  expect(kept.readToken()).toBeUndefined()
  kept.writeToken(tokenOf('second', 2000))
  expect(kept.readToken()?.accessToken).toBe('access-token-second')
})

test('a token file that is a link is not read, and its target is not written', () => {
  const kept = keep(first)
  const foreign = join(temporaryFolder(), 'foreign.json')
  writeFileSync(foreign, JSON.stringify(tokenOf('foreign', 1000)))
  const file = join(kept.folder, 'kept', 'token.json')
  unlinkSync(file)
  symlinkSync(foreign, file)
  expect(kept.readToken()).toBeUndefined()
  kept.writeToken(tokenOf('second', 2000))
  expect(kept.readToken()?.accessToken).toBe('access-token-second')
  expect(lstatSync(file).isSymbolicLink()).toBe(false)
})

test('a login that is gone or damaged is an error that says so', () => {
  expect(() => openLoginStore(temporaryFolder()).readLogin()).toThrow(
    expect.objectContaining({ code: 'KEPT_LOGIN_UNUSABLE' }),
  )
})

// Never taken for none: a renewal would give all rights of the principal.
test.each([undefined, null, 42, 'admins', '4 2'])('a login whose group is %j is damaged', (groupId) => {
  const kept = keep(first)
  writeFileSync(join(kept.folder, 'kept', 'login.json'), JSON.stringify({ ...login, groupId }))
  expect(kept.readLogin).toThrow(expect.objectContaining({ code: 'KEPT_LOGIN_UNUSABLE' }))
})

test('options that a renewal cannot use are no renewal', () => {
  const kept = keep(first)
  writeFileSync(join(kept.folder, 'kept', 'login.json'), JSON.stringify({ ...login, renewal: { scope: 7 } }))
  expect(kept.readLogin().renewal).toBeUndefined()
})

test('a thousand writes leave no file behind', () => {
  const kept = keep(first)
  for (let index = 0; index < 1000; index++) kept.writeToken(tokenOf(String(index), index + 1))
  expect(readdirSync(join(kept.folder, 'kept'))).toEqual(['login.json', 'token.json'])
})
