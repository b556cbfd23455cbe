import { isAbsolute, relative, resolve, sep } from 'node:path'
import { ActionError, type Place } from '../errors.ts'
import { lineBreaksIn } from './lexemes.ts'
import type { PlannedStatement } from './planned-statements.ts'

// The forms in which Databricks writes a position. The last one is used within BEGIN … END.
const POSITIONS = [
  /== SQL \(line (\d+), position (\d+)\) ==/g,
  /\(line (\d+), pos (\d+)\)/g,
  /\bline (\d+),? pos (\d+)(?=;|\s|$)/g,
  /\{LINE:(\d+)\}()/g,
]
// These positions are in the text of a view or a function, which is in no file of the call.
const ELSEWHERE = /== SQL of .*?\(line (\d+), position (\d+)\) ==/g

const linesAndColumns = (pattern: RegExp, message: string): [number, number][] =>
  [...message.matchAll(pattern)].map(([, line, column]) => [Number(line), Number(column)])

/**
 * The line of a statement that a message of Databricks names, counted from 1 in the text that was sent. Undefined if it
 * names none, or that of another text.
 */
export function lineNamedIn(message: string, text: string): number | undefined {
  const elsewhere = linesAndColumns(ELSEWHERE, message)
  const lines = 1 + lineBreaksIn(text)
  // The message names the same place twice, counted from 0 and from 1.
  const isElsewhere = ([line, column]: [number, number]) =>
    elsewhere.some(([otherLine, other]) => line === otherLine && (column === other || column + 1 === other))
  const [found] = POSITIONS.flatMap((pattern) => linesAndColumns(pattern, message)).filter(
    (position) => position[0] >= 1 && position[0] <= lines && !isElsewhere(position),
  )
  return found?.[0]
}

/** The path of a file of the call within the repository; undefined for one that is not in it. */
function pathInWorkspace(file: string, workspace: string): string | undefined {
  const path = relative(workspace, resolve(file))
  return path === '' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.replaceAll(sep, '/')
}

/**
 * A failure of a statement, with the line of its file: the one that the server names, or else that of the statement.
 *
 * @param linesBefore how many lines were sent before its text
 */
export function withPlace(
  failure: ActionError,
  { file, text, textLine, line }: Pick<PlannedStatement, 'file' | 'text' | 'textLine' | 'line'>,
  { GITHUB_WORKSPACE: workspace = '' }: NodeJS.ProcessEnv,
  linesBefore = 0,
): ActionError {
  const path = file === undefined || workspace === '' ? undefined : pathInWorkspace(file, workspace)
  if (path === undefined) return failure
  const sent = '\n'.repeat(linesBefore) + text
  const named = lineNamedIn(failure.serverText ?? '', sent)
  const place: Place = {
    file: path,
    line: named === undefined || named <= linesBefore ? line : textLine + named - 1 - linesBefore,
  }
  const { code, message, advice, serverText, keepsLines } = failure
  return new ActionError(code, message, { advice, serverText, keepsLines, place, cause: failure })
}
