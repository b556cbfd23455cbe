import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemCode } from './errors.ts'

/** A process as it was: its number alone may come to be another's. */
export interface Link {
  pid: number
  parent: number
  /** Clock ticks since the machine started. */
  startedAt: string | undefined
}

/**
 * What the system tells of a process (proc(5), /proc/pid/stat). One that has ended, and that nobody has asked for yet, is
 * gone, too. Undefined also where there is no /proc.
 */
export function linkOf(pid: number, processes = '/proc'): Link | undefined {
  try {
    // The name before the last parenthesis may hold anything.
    const afterName = readFileSync(join(processes, `${pid}`, 'stat'), 'latin1').replace(/^.*\) /s, '')
    const [, parent, ...fields] = afterName.split(' ')
    // Field 22, starttime, is the 18th after the parent. A zombie has ended: only its parent has not asked for it yet.
    return /^[ZX]/.test(afterName) ? undefined : { pid, parent: Number(parent), startedAt: fields[17] }
  } catch {
    return undefined
  }
}

/** A process that is to be recognised later; by its number alone where the system tells no start time. */
export type KnownProcess = Pick<Link, 'pid' | 'startedAt'>

/** A process that runs now. */
export const knownProcess = (pid: number): KnownProcess => ({ pid, startedAt: linkOf(pid)?.startedAt })

/** Whether some process has this number. */
export function isNumberTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM'
  }
}

/** Whether it is still there, and no other one under its number as far as the system tells. */
export const isRunning = ({ pid, startedAt }: KnownProcess): boolean =>
  startedAt === undefined ? isNumberTaken(pid) : linkOf(pid)?.startedAt === startedAt

/** A process as one word, to be read by `readProcess`. */
export const writeProcess = ({ pid, startedAt = '' }: KnownProcess): string => `${pid}:${startedAt}`

/** Undefined for what names no process. */
export function readProcess(text: string): KnownProcess | undefined {
  const [, pid, startedAt] = /^([1-9]\d*):(\d*)$/.exec(text) ?? []
  return pid === undefined ? undefined : { pid: Number(pid), startedAt: startedAt || undefined }
}
