import { closeSync, constants, openSync, statSync } from 'node:fs'
import { ActionError, systemCode } from '../errors.ts'

/** Names of the files through which a step speaks to the runner. */
export type CommandFile = 'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STATE'

const reason = (thrown: unknown): string => systemCode(thrown) ?? 'unknown reason'

/**
 * Checks that the runner's files can be written, before anything is done that a later step would have to know of.
 *
 * @throws ActionError COMMAND_FILE_UNUSABLE
 */
export function checkCommandFiles(environment: NodeJS.ProcessEnv, names: readonly CommandFile[]): void {
  for (const name of names) {
    const file = environment[name] ?? ''
    if (file === '') throw new ActionError('COMMAND_FILE_UNUSABLE', `${name} is not set.`)
    try {
      if (statSync(file).isDirectory()) throw new ActionError('COMMAND_FILE_UNUSABLE', `${name} names a directory.`)
      // With O_NONBLOCK a pipe without a reader is an error. Without it, opening would wait for a reader.
      closeSync(openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK))
    } catch (thrown) {
      if (thrown instanceof ActionError) throw thrown
      throw new ActionError('COMMAND_FILE_UNUSABLE', `The file of ${name} cannot be written (${reason(thrown)}).`)
    }
  }
}

/**
 * Writes to one of the files, in the order in which a login is published.
 *
 * @param already what earlier writes of this step have left behind, for the error
 * @throws ActionError COMMAND_FILE_WRITE_FAILED
 */
export function writeCommandFile(name: CommandFile, already: string, write: () => void): void {
  try {
    write()
  } catch (thrown) {
    throw new ActionError('COMMAND_FILE_WRITE_FAILED', `Writing to ${name} failed (${reason(thrown)}). ${already}`)
  }
}
