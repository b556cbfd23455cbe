import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, extname } from 'node:path'
import { ActionError, systemCode } from '../errors.ts'
import { holdsCommand } from '../workflow-commands.ts'
import { EXTENSIONS, type Format, formatOfExtension } from './formats.ts'
import type { SqlOptions } from './sql-options.ts'
import { usageError } from './usage-error.ts'

/** Where results go. */
export interface Output {
  format: Format
  /** @throws ActionError RESULT_UNFIT, RESULT_UNWRITABLE; BrokenPipe */
  write: (text: string) => void
  /** Text as UTF-8. @throws as write does */
  writeBytes: (bytes: Uint8Array) => void
  /** Makes what was written the result: a file is there whole, or not at all. */
  finish: () => void
  /** Leaves nothing of what was written, where that is possible. */
  discard: () => void
}

export interface OutputEffects {
  /** Prints to stdout. @throws BrokenPipe */
  print: (text: string) => void
  stdoutIsFile: boolean
  /** Whether the runner reads what is printed, and obeys it. */
  inWorkflow: boolean
}

function formatFor(file: string, given: Format | undefined): Format {
  const own = formatOfExtension(extname(file))
  if (own !== undefined && given !== undefined && own !== given) {
    throw usageError(`--format ${given} does not go with the extension of --output`)
  }
  const format = given ?? own
  if (format !== undefined) return format
  throw usageError(`--output takes a name that ends in ${EXTENSIONS}, or a --format beside it`)
}

// Links are followed, since a rename would replace the link itself. What a link leads to may have no path that could be
// resolved, as the pipe behind /dev/stdout: only what is not there at all is made anew.
function targetOf(file: string): { path: string; mode: number } {
  try {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isFile() === false) throw usageError('--output names something that is no regular file')
    if (found === undefined && lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
      throw usageError('--output names a link that leads nowhere')
    }
    const path = found === undefined ? file : realpathSync(file)
    accessSync(dirname(path), constants.W_OK)
    return { path, mode: found === undefined ? 0o666 : found.mode & 0o777 }
  } catch (thrown) {
    if (thrown instanceof ActionError) throw thrown
    throw usageError(`--output cannot be written (${systemCode(thrown)})`)
  }
}

function whileWriting<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    throw new ActionError('RESULT_UNWRITABLE', `Writing the result failed (${systemCode(thrown) ?? 'unknown reason'}).`)
  }
}

function fileOutput(file: string, format: Format): Output {
  const { path, mode } = targetOf(file)
  const beside = `${path}.${randomBytes(6).toString('hex')}.part`
  let descriptor: number | undefined
  const open = () => {
    descriptor ??= openSync(beside, 'wx', mode)
    return descriptor
  }
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
  }
  return {
    format,
    writeBytes: (bytes) =>
      whileWriting(() => {
        for (let done = 0; done < bytes.length; ) done += writeSync(open(), bytes, done)
      }),
    write: (text) =>
      whileWriting(() => {
        // One write takes all of it, unless the disk is full. Then the next write fails and says so.
        let done = writeSync(open(), text)
        if (done === Buffer.byteLength(text)) return
        const bytes = Buffer.from(text)
        while (done < bytes.length) done += writeSync(open(), bytes, done)
      }),
    finish: () =>
      whileWriting(() => {
        open()
        close()
        renameSync(beside, path)
      }),
    discard: () => {
      close()
      rmSync(beside, { force: true })
    },
  }
}

/**
 * Refuses text that the runner would obey, whatever its format: one that escapes such text is never refused.
 *
 * @throws ActionError RESULT_UNFIT
 */
export function refuseCommands(text: string): void {
  if (!holdsCommand(text)) return
  throw new ActionError(
    'RESULT_UNFIT',
    'The result holds text that the runner would take for a workflow command, so it is not printed.',
    { advice: 'Write it to a file: --output FILE. Or print it as jsonl or as a table, which cannot hold any.' },
  )
}

/**
 * Where the results of a call go, and in which format.
 *
 * @throws ActionError SQL_CALL_INVALID
 */
export function openOutput({ output, format }: Pick<SqlOptions, 'output' | 'format'>, effects: OutputEffects): Output {
  if (output !== undefined) return fileOutput(output, formatFor(output, format))
  const { print, stdoutIsFile, inWorkflow } = effects
  if (stdoutIsFile && format === undefined) {
    throw usageError(
      'stdout is a file, and no --format says what it shall hold',
      'A table for people would be cut at 100 rows: choose --format csv or another.',
    )
  }
  const isRead = inWorkflow && !stdoutIsFile
  const write = (text: string) => {
    if (isRead) refuseCommands(text)
    print(text)
  }
  return {
    format: format ?? 'table',
    write,
    writeBytes: (bytes) => write(Buffer.from(bytes).toString()),
    finish: () => undefined,
    discard: () => undefined,
  }
}
