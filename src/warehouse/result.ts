import { withoutBracketCommands } from '../workflow-commands.ts'

/** A column of a result. */
export interface Column {
  name: string
  /** Databricks' name of its type, such as INT, DECIMAL, STRING or ARRAY. */
  type: string
}

/** Values as the API sends them: text, whatever the type; NULL is null. */
export type Row = readonly (string | null)[]

const NUMERIC = new Set(['BYTE', 'SHORT', 'INT', 'LONG', 'FLOAT', 'DOUBLE', 'DECIMAL'])

export const isNumeric = ({ type }: Column): boolean => NUMERIC.has(type)

// Each escape is made once, since a value may hold a million such characters.
const escapes = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escapeOf(character: string): string {
  const known = escapes.get(character)
  if (known !== undefined) return known
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  const made = units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  escapes.set(character, made)
  return made
}

/**
 * Text with its control, format and line-separating characters as escapes, so that a terminal and the runner take none
 * for theirs; `##[`, which the runner obeys anywhere in a line, with an escape in it.
 */
export const escapeForLog = (text: string): string =>
  withoutBracketCommands(text, '\\u005b').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeOf)
