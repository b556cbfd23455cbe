import { accessSync, constants, lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { ActionError, systemCode } from '../errors.ts'
import {
  createDryRunStore,
  createLoginStore,
  FOLDER_PREFIX,
  openLoginStore,
  type StoredLogin,
  type StoredToken,
} from './login-store.ts'
import { writeShims } from './shim.ts'

// A folder within it is put on PATH, as a line of a file. So the path may hold no line break and no separator of PATH.
const isOnePath = (path: string): boolean => isAbsolute(path) && !path.includes(delimiter) && !/[\r\n]/.test(path)

/**
 * Checks that a login can be kept.
 *
 * @throws ActionError RUNNER_TEMP_UNUSABLE
 */
export function checkTemporary(temporary: string): void {
  try {
    if (isOnePath(temporary) && statSync(temporary).isDirectory()) {
      accessSync(temporary, constants.W_OK | constants.X_OK)
      return
    }
  } catch {
    // The error below is the same for every reason.
  }
  throw new ActionError('RUNNER_TEMP_UNUSABLE', 'RUNNER_TEMP names no folder that can be written.')
}

const isOwnFolder = (folder: string, temporary: string): boolean =>
  basename(folder).startsWith(FOLDER_PREFIX) && dirname(resolve(folder)) === resolve(temporary)

/** The login in a folder; undefined if it cannot be read. */
export function loginAt(folder: string): StoredLogin | undefined {
  try {
    return openLoginStore(folder).readLogin()
  } catch {
    return undefined
  }
}

// Those of earlier logins of the job, the latest first.
export const ownFolders = (searchPath: string, temporary: string): string[] =>
  searchPath
    .split(delimiter)
    .map((bin) => dirname(bin))
    .filter((folder) => isOwnFolder(folder, temporary))

// A folder that only another account can read, as one that root left, holds no login of this account.
function isFile(path: string): boolean {
  try {
    return lstatSync(path).isFile()
  } catch {
    return false
  }
}

const notKept = (thrown: unknown) =>
  new ActionError(
    'RUNNER_TEMP_UNUSABLE',
    `The login could not be kept in RUNNER_TEMP (${systemCode(thrown) ?? 'unknown reason'}).`,
  )

/** Whether a command of this name is on PATH already, whoever put it there. */
export const isCommandTaken = (searchPath: string, name: string): boolean =>
  searchPath.split(delimiter).some((entry) => isAbsolute(entry) && isFile(join(entry, name)))

/**
 * Refuses a command name that an earlier step of the job gave to a login to another host; the same host is replaced.
 *
 * @param searchPath the PATH of this step
 * @throws ActionError TOKEN_COMMAND_TAKEN
 */
export function refuseTakenCommand(searchPath: string, temporary: string, name: string, origin: string): void {
  for (const folder of ownFolders(searchPath, temporary)) {
    const other = isFile(join(folder, 'bin', name)) ? loginAt(folder)?.origin : undefined
    if (other === undefined) continue
    if (other === origin) return
    throw new ActionError('TOKEN_COMMAND_TAKEN', `The command ${name} of this job belongs to a login to ${other}.`)
  }
}

/**
 * Refuses to guess whether a login is for the group of an earlier one, which has emptied DATABRICKS_GROUP_ID.
 *
 * @throws ActionError INPUT_INVALID
 */
export function refuseLostGroup(searchPath: string, temporary: string): void {
  const groupId = ownFolders(searchPath, temporary)
    .map((folder) => loginAt(folder)?.groupId)
    .find(Boolean)
  if (groupId === undefined) return
  const happened = `An earlier login of this job is for group ${groupId}, and nothing says whether this one is.`
  const advice = `Set group_id: ${groupId}; or group_id: none, for all rights of the principal.`
  throw new ActionError('INPUT_INVALID', happened, { advice })
}

/**
 * Removes the folder of a login: a direct child of RUNNER_TEMP with our prefix, and never through a link.
 *
 * @throws Error if it is another folder, or cannot be removed
 */
export function removeFolder(folder: string, temporary: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  const isFolder = found?.isDirectory() ?? true
  if (!isOwnFolder(folder, temporary) || !isFolder) throw new Error('not a folder of this action')
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/**
 * Writes down which URL the process of a login serves, so that a later login knows it again.
 *
 * @throws ActionError RUNNER_TEMP_UNUSABLE
 */
export function keepService(folder: string, serviceDigest: string): void {
  try {
    const { readLogin, writeLogin } = openLoginStore(folder)
    writeLogin({ ...readLogin(), serviceDigest })
  } catch (thrown) {
    throw notKept(thrown)
  }
}

/** A login that is kept for the rest of the job. */
export interface KeptPlace {
  /** Removed by the post step. */
  folder: string
  /** Holds the command, for PATH. */
  bin: string
}

/** Name of the command, the Node that runs it and its bundle. */
export interface CommandPlace {
  name: string
  node: string
  script: string
}

interface KeepOptions {
  temporary: string
  login: StoredLogin
  token: StoredToken
  command: CommandPlace
}

function makeFolder(temporary: string, command: CommandPlace, fill: (folder: string) => void): KeptPlace {
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(temporary, FOLDER_PREFIX))
    fill(folder)
    return { folder, bin: writeShims({ ...command, folder }) }
  } catch (thrown) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    throw notKept(thrown)
  }
}

/**
 * Keeps a login in a folder of its own, with the command that hands out its token. What fails leaves nothing behind.
 *
 * @throws ActionError RUNNER_TEMP_UNUSABLE
 */
export const keepLogin = ({ temporary, login, token, command }: KeepOptions): KeptPlace =>
  makeFolder(temporary, command, (folder) => createLoginStore(folder, login, token))

/**
 * Leaves the command of a dry run, which says that it was one and gives no token.
 *
 * @throws ActionError RUNNER_TEMP_UNUSABLE
 */
export const keepDryRun = (temporary: string, command: CommandPlace): KeptPlace =>
  makeFolder(temporary, command, createDryRunStore)
