import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { digestOfUrl, exportedAudience, stayingLogin } from '../../src/store/earlier-logins.ts'
import { keepService } from '../../src/store/folder.ts'
import { createLoginStore, openLoginStore, type StoredLogin } from '../../src/store/login-store.ts'
import { codeOf } from '../support/failures.ts'
import { login, temporaryFolder, tokenOf } from './support.ts'

const URL_OF_SERVICE = 'http://127.0.0.1:4711/secret/token'
const token = tokenOf('kept', 1_800_000_000)

/** A job with these logins, the latest first. */
function jobWith(...logins: Partial<StoredLogin>[]) {
  const temporary = temporaryFolder()
  const folders = logins.map((kept, at) => {
    const folder = join(temporary, `databricks-token-${at}`)
    mkdirSync(folder)
    createLoginStore(folder, { ...login, ...kept }, token)
    return folder
  })
  const searchPath = [...folders.map((folder) => join(folder, 'bin')), '/usr/bin'].join(delimiter)
  return { temporary, searchPath, folders }
}

test('a login is known again by the URL that its process serves', () => {
  const { temporary, searchPath, folders } = jobWith({ groupId: '1' }, { groupId: '2' })
  keepService(folders[1] ?? '', digestOfUrl(URL_OF_SERVICE))
  expect(stayingLogin(searchPath, temporary, URL_OF_SERVICE)?.groupId).toBe('2')
  expect(stayingLogin(searchPath, temporary, `${URL_OF_SERVICE}/`)).toBeUndefined()
  expect(stayingLogin(searchPath, temporary, '')).toBeUndefined()
})

test('a folder elsewhere is nobody, whatever is in it', () => {
  const { temporary, searchPath, folders } = jobWith({})
  keepService(folders[0] ?? '', digestOfUrl(URL_OF_SERVICE))
  expect(stayingLogin(searchPath, dirname(temporary), URL_OF_SERVICE)).toBeUndefined()
})

test('the rest of a login stays as it is when its service is written down, and the URL is not in it', () => {
  const { folders } = jobWith({ exportedAudience: 'a' })
  keepService(folders[0] ?? '', digestOfUrl(URL_OF_SERVICE))
  const kept = openLoginStore(folders[0] ?? '').readLogin()
  expect(kept).toEqual({ ...login, exportedAudience: 'a', serviceDigest: digestOfUrl(URL_OF_SERVICE) })
})

test('a login that is gone cannot be written down', async () => {
  expect(await codeOf(() => keepService(join(temporaryFolder(), 'x'), 'y'))).toBe('RUNNER_TEMP_UNUSABLE')
})

test('the audience that was exported last for a host', () => {
  const { temporary, searchPath } = jobWith(
    { origin: 'https://other.cloud.databricks.com', exportedAudience: 'other' },
    {},
    { exportedAudience: 'second' },
    { exportedAudience: 'first' },
  )
  expect(exportedAudience(searchPath, temporary, login.origin)).toBe('second')
  expect(exportedAudience(searchPath, temporary, 'https://third.cloud.databricks.com')).toBeUndefined()
})
