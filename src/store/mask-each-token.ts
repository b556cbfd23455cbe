import { lstatSync } from 'node:fs'
import type { Log } from '../log.ts'
import type { LoginStore } from './login-store.ts'

const LOOK_EVERY_MS = 100

interface MaskingEffects extends Pick<Log, 'mask'> {
  /** Resolves after milliseconds. */
  pause: (ms: number) => Promise<unknown>
  /** Ends it. */
  signal: AbortSignal
}

/** Masks each token of a login, whoever renews it, until it is ended or the folder of the login is gone. */
export async function maskEachToken(
  { folder, readToken }: Pick<LoginStore, 'folder' | 'readToken'>,
  { mask, pause, signal }: MaskingEffects,
): Promise<void> {
  while (!signal.aborted && lstatSync(folder, { throwIfNoEntry: false }) !== undefined) {
    const token = readToken()
    if (token !== undefined) mask(token.accessToken)
    await pause(LOOK_EVERY_MS)
  }
}
