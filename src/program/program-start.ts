import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { startOfBatch } from './batch-file.ts'
import { findOnWindows, isBatch } from './find-program.ts'

/** What spawn takes. */
export interface ProgramStart {
  file: string
  parameters: readonly string[]
  environment: Record<string, string | undefined>
  /** The parameters are quoted as the program on Windows wants them. */
  verbatim: boolean
}

/** What a program is looked for among. */
export interface Files {
  /** The current directory. */
  folder: string
  isFile: (path: string) => boolean
  exists: (path: string) => boolean
}

const ownFiles = (): Files => ({
  folder: process.cwd(),
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  exists: (path) => existsSync(resolve(path)),
})

/** `startOf` on Windows. */
export function startOnWindows(
  program: string,
  parameters: readonly string[],
  environment: Record<string, string | undefined>,
  files: Files,
): ProgramStart | string | undefined {
  const file = findOnWindows(program, environment, files)
  if (file === undefined) return /[\\/:]/.test(program) && files.exists(program) ? 'cannot be executed' : undefined
  if (!isBatch(file)) return { file, parameters, environment, verbatim: false }
  const batch = startOfBatch(file, parameters, environment)
  if (typeof batch === 'string') return batch
  return { file: batch.cmd, parameters: batch.parameters, environment, verbatim: true }
}

/**
 * How a program is started: elsewhere by its name as it is, on Windows by the file that it stands for.
 *
 * @returns undefined if it is not found, a text that says why it cannot be executed
 */
export function startOf(
  program: string,
  parameters: readonly string[],
  environment: Record<string, string | undefined>,
): ProgramStart | string | undefined {
  if (program === '') return undefined
  if (process.platform === 'win32') return startOnWindows(program, parameters, environment, ownFiles())
  return { file: program, parameters, environment, verbatim: false }
}
