import { spawnSync } from 'node:child_process'
import { beforeEach } from 'vitest'

const isWindows = process.platform === 'win32'
const isOnPath = (program: string): boolean => spawnSync(program, ['-c', 'exit 0']).status === 0

/** What a machine may not be able to do, and why; undefined for what this one can. */
const LACKING = {
  bash: isOnPath('bash') ? undefined : 'there is no bash on PATH',
  modes: isWindows ? 'Windows has no file modes: whoever reaches a folder reaches its files' : undefined,
  signals: isWindows ? 'Windows has no signals: to kill a process is to end it' : undefined,
  devices: isWindows ? 'Windows has no /dev/full' : undefined,
  'names that differ in case': isWindows ? 'variables of Windows have one name in any case' : undefined,
} as const

type Need = keyof typeof LACKING

/**
 * Leaves out the tests of a file, or of the describe that it is called in, where the machine cannot do what they need.
 * The closing line counts them by reason.
 */
export function needs(need: Need): void {
  const reason = LACKING[need]
  beforeEach((context) => {
    if (reason !== undefined) context.skip(reason)
  })
}
