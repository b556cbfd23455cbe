import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Log } from '../log.ts'
import { type EpochSeconds, isTime, secondsUntil } from '../time.ts'
import { readJsonObject, writeAtomically } from './atomic-files.ts'
import type { LoginStore, StoredToken } from './login-store.ts'

// The runner reads stdout and stderr apart. Of its own worker, with both cores busy: 20 ms after their masks 3 of 240
// tokens were printed unmasked, 100 ms after them none.
const MASK_AHEAD_MS = 100
const MAX_PIPES = 32

/** When a mask of one token was first written to each pipe, by the pipe's name. */
type WrittenMasks = Record<string, EpochSeconds>

const digestOf = ({ accessToken }: StoredToken): string => createHash('sha256').update(accessToken).digest('hex')

function readMasks(file: string, token: StoredToken): WrittenMasks {
  const { token: digest, pipes } = readJsonObject(file) ?? {}
  if (digest !== digestOf(token) || typeof pipes !== 'object' || pipes === null) return {}
  const written = Object.entries(pipes).filter((entry): entry is [string, EpochSeconds] => isTime(entry[1]))
  return Object.fromEntries(written)
}

function writeMasks(file: string, token: StoredToken, masks: WrittenMasks): void {
  const pipes = Object.fromEntries(Object.entries(masks).slice(-MAX_PIPES))
  try {
    writeAtomically(file, JSON.stringify({ token: digestOf(token), pipes }))
  } catch {
    // The next call waits, too.
  }
}

/** Hands out a token once the runner has read its mask; other secrets are masked in the same write. */
export type HandOut = (token: StoredToken, ...beside: string[]) => Promise<StoredToken>

interface MaskingEffects extends Pick<Log, 'mask'> {
  /** Whether there is a runner that reads masks. */
  inWorkflow: boolean
  /** Name of the pipe that masks are written to, the same for all who write to it; undefined for what is no pipe. */
  pipe: string | undefined
  now: () => EpochSeconds
  /** Resolves after milliseconds. */
  pause: (ms: number) => Promise<unknown>
}

/**
 * Whoever hands a token out masks it: the step that got it may have run where nobody read its masks. The token follows
 * 100 ms later, unless waiting cannot help any more: it is the login step's own, whose mask has long been read, or an
 * earlier call wrote its mask to this very pipe that long ago. That stderr is a pipe does not prove that the runner reads
 * it: within `$(… 2>&1)` the shell does.
 */
export function maskedFirst({ folder }: Pick<LoginStore, 'folder'>, effects: MaskingEffects): HandOut {
  const { mask, inWorkflow, pipe, now, pause } = effects
  const file = join(folder, 'kept', 'masks.json')
  let last: { accessToken: string; isRead: Promise<unknown> } | undefined

  // In milliseconds; none for a mask of a time to come, which was written before the clock was set back.
  function ageOfMask(token: StoredToken): number {
    if (pipe === undefined) return 0
    const masks = readMasks(file, token)
    const writtenAt = masks[pipe]
    if (writtenAt === undefined) writeMasks(file, token, { ...masks, [pipe]: now() })
    return writtenAt === undefined ? 0 : Math.max(0, secondsUntil(now(), writtenAt) * 1000)
  }

  async function untilRead(token: StoredToken): Promise<void> {
    const ms = inWorkflow && !token.isOfLoginStep ? MASK_AHEAD_MS - ageOfMask(token) : 0
    if (ms > 0) await pause(ms)
  }

  return async (token, ...beside) => {
    mask(token.accessToken, ...beside)
    if (last?.accessToken !== token.accessToken) {
      last = { accessToken: token.accessToken, isRead: untilRead(token) }
    }
    await last.isRead
    return token
  }
}
