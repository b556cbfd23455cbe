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

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

function startOnWindows(
  program: string,
  parameters: readonly string[],
  environment: Record<string, string | undefined>,
): ProgramStart | string | undefined {
  const file = findOnWindows(program, environment, { folder: process.cwd(), isFile })
  if (file === undefined) {
    const isOther = /[\\/:]/.test(program) && existsSync(resolve(program))
    return isOther ? 'cannot be executed' : undefined
  }
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
  if (process.platform === 'win32') return startOnWindows(program, parameters, environment)
  return { file: program, parameters, environment, verbatim: false }
}
