import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests make their temporary folders; '' for the place of the system. */
    temporary: string
  }
}

const MEMORY = '/dev/shm'
const ROOM_BYTES = 2 ** 30

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM_BYTES
  } catch {
    return false
  }
}

const isRunning = (pid: string): boolean => existsSync(`/proc/${pid}`)

// A run that was killed leaves its folder, and memory is not endless.
function removeLeftOver(): void {
  for (const name of readdirSync(MEMORY)) {
    const [, pid] = /^tests-(\d+)-/.exec(name) ?? []
    if (pid === undefined || isRunning(pid)) continue
    try {
      rmSync(join(MEMORY, name), { recursive: true })
    } catch {
      // That of another account stays.
    }
  }
}

// Docker mounts it so that nothing in it can be run.
function canRunIn(folder: string): boolean {
  const program = join(folder, 'program')
  try {
    writeFileSync(program, '', { mode: 0o755 })
    accessSync(program, constants.X_OK)
    rmSync(program)
    return true
  } catch {
    return false
  }
}

/**
 * Has the tests make their files in memory, where Linux has a place for that: on a disk, files are a third of what the
 * system does for the tests of `npm test`.
 */
export function setup({ provide }: TestProject): (() => void) | undefined {
  provide('temporary', '')
  if (!existsSync(MEMORY)) return undefined
  removeLeftOver()
  if (!hasRoom()) return undefined
  const folder = mkdtempSync(join(MEMORY, `tests-${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Tests try what another account can read below it.
  chmodSync(folder, 0o755)
  if (canRunIn(folder)) provide('temporary', folder)
  return remove
}
