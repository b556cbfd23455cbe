import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files through which a step talks to the runner, by the variable that names each. */
export interface CommandFiles {
  readonly GITHUB_OUTPUT: string
  readonly GITHUB_ENV: string
  readonly GITHUB_PATH: string
  readonly GITHUB_STATE: string
  readonly GITHUB_STEP_SUMMARY: string
}

/** A command file that the runner cannot read: the step has failed then. */
export class CommandFileError extends Error {}

/** Makes the empty command files of one step in the runner's folder for them. */
export function createCommandFiles(temp: string): CommandFiles {
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const suffix = randomUUID()
  const empty = (prefix: string) => {
    const path = join(folder, `${prefix}_${suffix}`)
    writeFileSync(path, '')
    return path
  }
  return {
    GITHUB_OUTPUT: empty('set_output'),
    GITHUB_ENV: empty('set_env'),
    GITHUB_PATH: empty('add_path'),
    GITHUB_STATE: empty('save_state'),
    GITHUB_STEP_SUMMARY: empty('step_summary'),
  }
}

/**
 * Reads GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE as the runner does (FileCommandManager.cs): `NAME=value`
 * on a line, or `NAME<<DELIMITER`, lines, `DELIMITER`. A file that is not there has nothing in it.
 *
 * @throws {CommandFileError} for a line that is neither, and for a delimiter that does not come again
 */
export function readPairs(file: string): Record<string, string> {
  const lines = readLines(file)
  const pairs = new Map<string, string>()
  while (lines.length > 0) {
    const line = lines.shift()
    if (!line) continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)]
      if (!name || !delimiter) {
        throw new CommandFileError(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const end = lines.indexOf(delimiter)
      if (end < 0) throw new CommandFileError(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs.set(
        name,
        lines
          .splice(0, end + 1)
          .slice(0, -1)
          .join('\n'),
      )
    } else if (equals > 0) {
      pairs.set(line.slice(0, equals), line.slice(equals + 1))
    } else {
      const advice = equals === 0 ? '. Name must not be empty' : ''
      throw new CommandFileError(`Invalid format '${line}'${advice}`)
    }
  }
  return Object.fromEntries(pairs)
}

/**
 * Reads GITHUB_ENV. The runner refuses one variable there.
 *
 * @throws {CommandFileError} for a malformed file and for `NODE_OPTIONS`
 */
export function readEnvironment(file: string): Record<string, string> {
  const pairs = readPairs(file)
  const blocked = Object.keys(pairs).find((name) => name.toUpperCase() === 'NODE_OPTIONS')
  if (blocked) throw new CommandFileError(`Can't store ${blocked} output parameter using '$GITHUB_ENV' command.`)
  return pairs
}

/**
 * Reads GITHUB_PATH: one folder a line, in the order of `PATH`, so the one that was added last comes first.
 */
export function readPath(file: string): string[] {
  const added = readLines(file).filter(Boolean)
  return [...new Set(added.reverse())]
}

/** Reads a file's text; a file that is not there is empty. */
export function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function readLines(file: string): string[] {
  const lines = readIfThere(file).split(process.platform === 'win32' ? /\r?\n/ : '\n')
  // What follows the last newline is no line unless there is something in it.
  if (lines.at(-1) === '') lines.pop()
  return lines
}
