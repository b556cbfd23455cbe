import { openSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { ActionError, systemCode } from '../errors.ts'
import { Cancellation, unlessCancelled } from './cancellation.ts'
import type { SqlOptions } from './sql-options.ts'
import { usageError } from './usage-error.ts'

/** A text of statements. */
export interface SourceText {
  /** As the call names it; undefined for stdin and for a statement that is a word of the call. */
  file: string | undefined
  text: string
}

// A read of a pipe that waits, as of <(…), would hold the process up, its end included; a socket can be left.
const textIn = (file: string): Promise<string> =>
  statSync(file).isFIFO() ? textOf(new Socket({ fd: openSync(file, 'r') })) : readFile(file, 'utf8')

async function readOne(reading: () => Promise<string>, from: string, signal: AbortSignal): Promise<string> {
  try {
    return (await unlessCancelled(signal, reading())).replace(/^\ufeff/, '')
  } catch (thrown) {
    if (thrown instanceof Cancellation) {
      throw new ActionError('STATEMENT_CANCELED', `The call was ${thrown.message} before anything was run.`)
    }
    throw usageError(`${from} cannot be read (${systemCode(thrown)})`)
  }
}

/**
 * Reads the texts of a call, all of them before anything is run.
 *
 * @throws ActionError SQL_CALL_INVALID, STATEMENT_CANCELED
 */
export async function readSource(source: SqlOptions['source'], signal: AbortSignal): Promise<SourceText[]> {
  if (source === 'stdin')
    return [{ file: undefined, text: await readOne(() => textOf(process.stdin), 'stdin', signal) }]
  if ('text' in source) return [{ file: undefined, text: source.text }]
  const texts: SourceText[] = []
  for (const [at, file] of source.files.entries()) {
    const from = source.files.length === 1 ? 'The file of --file' : `File ${at + 1} of --file`
    texts.push({ file, text: await readOne(() => textIn(file), from, signal) })
  }
  return texts
}
