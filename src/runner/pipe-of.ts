import { fstatSync } from 'node:fs'

/**
 * A name for the pipe behind a descriptor, by device and inode, the same in all processes that hold it; sockets count,
 * since Node makes its children's pipes of them. Undefined for what is none (the numbers of files are used again, and a
 * device is that of many steps), and on Windows, where the number of a pipe is that of a handle, which others have, too.
 */
export function pipeOf(descriptor: number): string | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const found = fstatSync(descriptor, { bigint: true })
    return found.isFIFO() || found.isSocket() ? `${found.dev}:${found.ino}` : undefined
  } catch {
    return undefined
  }
}
