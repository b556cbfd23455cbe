import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ActionError, systemCode } from '../errors.ts'
import type { LoginOptions } from '../federation/federate.ts'
import type { EpochSeconds } from '../time.ts'
import { readJsonObject, writeAtomically, writeNew } from './atomic-files.ts'

/** Name of a folder that holds a login, up to the part that mkdtemp adds. */
export const FOLDER_PREFIX = 'databricks-token-'

/** The options of a login that its repetition needs; its host is kept beside them. */
export type Renewal = Pick<LoginOptions, 'clientId' | 'accountId' | 'audience' | 'scope' | 'timeoutSeconds'>

/** What is known of a login; nothing of it is a secret. */
export interface StoredLogin {
  /** Undefined if the login cannot be repeated: its subject token was given. */
  renewal: Renewal | undefined
  /** Scheme, name and port of the host. */
  origin: string
  /** Granted scopes, separated by spaces. */
  scope: string
  serverHostname: string
  /** Of a unified host. */
  workspaceId: string | undefined
  /** The group whose rights alone its tokens have; empty if there is none. */
  groupId: string
  /** SHA-256 of the URL that the process of this login serves, in hex; undefined if there is no process. */
  serviceDigest?: string | undefined
  /** The audience that worked, where later steps find it in their environment and nobody had set it there. */
  exportedAudience?: string | undefined
}

/** A token with the login that it came from. */
export interface StoredToken {
  accessToken: string
  issuedAt: EpochSeconds
  expiresAt: EpochSeconds
  /** When the login began: whoever asked before may use its result. */
  beganAt: EpochSeconds
  /** Whether the login step got it: every later step is one whose log knows its mask. */
  isOfLoginStep: boolean
}

/** A login that failed, so that those who waited for it need not fail one by one. */
export interface StoredFailure {
  beganAt: EpochSeconds
  /** Redacted. */
  text: string
}

/** The files of one login, in a folder that only its owner can read. */
export interface LoginStore {
  folder: string
  readLogin: () => StoredLogin
  writeLogin: (login: StoredLogin) => void
  readToken: () => StoredToken | undefined
  writeToken: (token: StoredToken) => void
  readFailure: () => StoredFailure | undefined
  writeFailure: (failure: StoredFailure) => void
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0

function readToken(file: string): StoredToken | undefined {
  const { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep } = readJsonObject(file) ?? {}
  if (typeof accessToken !== 'string' || !/^[\w\-.~+/]+=*$/.test(accessToken)) return undefined
  if (!isPositive(issuedAt) || !isPositive(expiresAt) || !isPositive(beganAt)) return undefined
  return { accessToken, issuedAt, expiresAt, beganAt, isOfLoginStep: isOfLoginStep === true }
}

function readFailure(file: string): StoredFailure | undefined {
  const { beganAt, text } = readJsonObject(file) ?? {}
  return isPositive(beganAt) && typeof text === 'string' ? { beganAt, text } : undefined
}

const textOr = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

// The login step wrote this file. It is validated all the same, since another process may have changed it.
function readRenewal(value: unknown): Renewal | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { clientId, accountId, audience, scope, timeoutSeconds }: Record<string, unknown> = { ...value }
  if (typeof scope !== 'string' || !isPositive(timeoutSeconds)) return undefined
  return {
    clientId: textOr(clientId),
    accountId: textOr(accountId),
    audience: textOr(audience),
    scope,
    timeoutSeconds,
  }
}

function unusableLogin(file: string): ActionError {
  try {
    accessSync(file, constants.R_OK)
  } catch (thrown) {
    if (systemCode(thrown) === 'EACCES') {
      return new ActionError('KEPT_LOGIN_UNUSABLE', 'Another account of this machine keeps this login for itself.', {
        advice: 'Call the command from the account that ran the login step, or log in from this one.',
      })
    }
  }
  return new ActionError('KEPT_LOGIN_UNUSABLE', 'The login that this command belongs to is gone or damaged.')
}

function readLogin(file: string): StoredLogin {
  const found = readJsonObject(file) ?? {}
  const { dryRun, origin, scope, serverHostname, groupId } = found
  if (dryRun === true) throw new ActionError('DRY_RUN', 'The login step of this job was a dry run (dry_run: true).')
  if (typeof origin !== 'string' || typeof scope !== 'string' || typeof serverHostname !== 'string') {
    throw unusableLogin(file)
  }
  // Without it a renewal would give more rights than were asked for.
  if (typeof groupId !== 'string' || !/^\d*$/.test(groupId)) throw unusableLogin(file)
  return {
    renewal: readRenewal(found['renewal']),
    origin,
    scope,
    serverHostname,
    workspaceId: textOr(found['workspaceId']),
    groupId,
    serviceDigest: textOr(found['serviceDigest']),
    exportedAudience: textOr(found['exportedAudience']),
  }
}

/** The kept login in a folder, whether or not its files are there. */
export function openLoginStore(folder: string): LoginStore {
  const file = (name: string) => join(folder, 'kept', name)
  const write = (name: string, content: object) => writeAtomically(file(name), JSON.stringify(content))
  return {
    folder,
    readLogin: () => readLogin(file('login.json')),
    writeLogin: (login) => write('login.json', login),
    readToken: () => readToken(file('token.json')),
    writeToken: (token) => write('token.json', token),
    readFailure: () => readFailure(file('failure.json')),
    writeFailure: (failure) => write('failure.json', failure),
  }
}

/** Writes into an empty folder that its login step was a dry run: the command says so, and gives no token. */
export function createDryRunStore(folder: string): void {
  mkdirSync(join(folder, 'kept'), { mode: 0o700 })
  writeNew(join(folder, 'kept', 'login.json'), JSON.stringify({ dryRun: true }))
}

/** Writes the files of a login into its folder, which has to be there, and empty. */
export function createLoginStore(folder: string, login: StoredLogin, token: StoredToken): void {
  mkdirSync(join(folder, 'kept'), { mode: 0o700 })
  writeNew(join(folder, 'kept', 'login.json'), JSON.stringify(login))
  writeNew(join(folder, 'kept', 'token.json'), JSON.stringify(token))
}
