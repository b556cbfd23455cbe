import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import {
  createLoginStore,
  type LoginStore,
  openLoginStore,
  type StoredLogin,
  type StoredToken,
} from '../../src/store/login-store.ts'

/** An empty folder that goes away after the test. */
export function temporaryFolder(prefix = 'fresh test-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const login: StoredLogin = {
  renewal: {
    clientId: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
    accountId: undefined,
    audience: undefined,
    scope: 'all-apis',
    timeoutSeconds: 60,
  },
  origin: 'https://dbc-1.cloud.databricks.com',
  scope: 'all-apis',
  serverHostname: 'dbc-1.cloud.databricks.com',
  workspaceId: undefined,
  groupId: '',
}

/** A token that was issued at a time, in seconds, and lives for so many. */
export const tokenOf = (name: string, issuedAt: number, lifetime = 300): StoredToken => ({
  accessToken: `access-token-${name}`,
  issuedAt,
  expiresAt: issuedAt + lifetime,
  beganAt: issuedAt,
  isOfLoginStep: false,
})

/** A kept login on disk, with a token. */
export function keep(token: StoredToken, kept: StoredLogin = login): LoginStore {
  const folder = temporaryFolder()
  createLoginStore(folder, kept, token)
  return openLoginStore(folder)
}
