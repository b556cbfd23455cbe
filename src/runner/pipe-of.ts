import { fstatSync } from 'node:fs'

/**
 * A name for the pipe behind a descriptor: its device and inode, which are the same in all processes that hold it. A socket
 * counts as a pipe, since Node makes the pipes of its children of sockets. Undefined for anything else, since the inode of
 * a file is used again, and many steps share a device. Undefined on Windows, since the number there is that of a handle,
 * which another pipe may have, too.
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
