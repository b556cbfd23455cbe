import { win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** A variable of a copied environment, whose names Windows writes in any case. */
export function variableOf(environment: Environment, name: string): string | undefined {
  const own = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase())
  return own === undefined ? undefined : environment[own]
}

const BATCH = ['.bat', '.cmd']
const STARTED = ['.com', '.exe', ...BATCH]

export const isBatch = (file: string): boolean => BATCH.includes(win32.extname(file).toLowerCase())

// Files with another extension of PATHEXT are opened by some other program, which only cmd knows.
function extensionsOf(environment: Environment): string[] {
  const named = variableOf(environment, 'PATHEXT') ?? STARTED.join(';')
  return named
    .toLowerCase()
    .split(';')
    .filter((extension) => STARTED.includes(extension))
}

// Entries that are not absolute are left out: they would be looked up from the current directory.
function foldersOf(environment: Environment): string[] {
  return (variableOf(environment, 'PATH') ?? '')
    .split(';')
    .map((entry) => entry.replaceAll('"', ''))
    .filter((entry) => /^([a-z]:[\\/]|\\\\)/i.test(entry))
}

/**
 * The file that a program's name stands for on Windows, by PATH and PATHEXT, or by its path. A name alone is never
 * looked for in the current directory, other than cmd does: a checkout is no place for programs.
 *
 * @param folder the current directory, for a path that is not absolute
 */
export function findOnWindows(
  program: string,
  environment: Environment,
  { folder, isFile }: { folder: string; isFile: (path: string) => boolean },
): string | undefined {
  const isPath = /[\\/:]/.test(program)
  const places = isPath ? [win32.resolve(folder, program)] : foldersOf(environment).map((at) => win32.join(at, program))
  const isWhole = STARTED.includes(win32.extname(program).toLowerCase())
  const endings = [...(isWhole ? [''] : []), ...extensionsOf(environment)]
  return places.flatMap((place) => endings.map((ending) => place + ending)).find(isFile)
}
