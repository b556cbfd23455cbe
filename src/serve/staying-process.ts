import { lstatSync } from 'node:fs'
import { isRunning, type KnownProcess } from '../processes.ts'
import { type Ready, STAY, STAYS } from './staying-messages.ts'

const LOOK_EVERY_MS = 250

/** To the login step, which has started this process (Node, IPC). */
export interface Channel {
  send: (message: Ready | typeof STAYS) => void
  /** The next message; undefined once the channel is closed. */
  next: () => Promise<unknown>
  close: () => void
}

/** The channel of this process. What cannot be sent any more is not: the step has ended, which `next` tells. */
export function channelOf(own: NodeJS.Process): Channel {
  return {
    send: (message) => void own.send?.(message, undefined, undefined, () => undefined),
    next: () =>
      new Promise((resolve) => {
        if (!own.connected) return resolve(undefined)
        own.once('message', resolve)
        own.once('disconnect', () => resolve(undefined))
      }),
    close: () => own.disconnect?.(),
  }
}

/** Tells whether a folder is still the one that it is now, and not another one under its name. */
export function watchFolder(folder: string): () => boolean {
  const identityOf = () => {
    const found = lstatSync(folder, { bigint: true, throwIfNoEntry: false })
    return found === undefined ? undefined : `${found.dev}:${found.ino}`
  }
  const first = identityOf()
  return () => first !== undefined && identityOf() === first
}

interface StayOptions {
  channel: Channel
  ready: Ready
  /** Whether the folder of the login is there. */
  isFolderThere: () => boolean
  /** The runner's process for this job; undefined where it cannot be seen. */
  worker: KnownProcess | undefined
  /** Resolves after milliseconds. */
  pause: (ms: number) => Promise<unknown>
}

/**
 * Stays until the job is over: until the folder of the login is gone, or the worker is. Before that the login step has to
 * say that all is published; one that is killed meanwhile closes the channel, and nothing stays.
 */
export async function stay({ channel, ready, isFolderThere, worker, pause }: StayOptions): Promise<void> {
  channel.send(ready)
  if ((await channel.next()) !== STAY) return
  channel.send(STAYS)
  channel.close()
  while (isFolderThere() && (worker === undefined || isRunning(worker))) await pause(LOOK_EVERY_MS)
}
