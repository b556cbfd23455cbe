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

const escapeCharacter = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')

const NAMED_ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Text with its control, format and line-separating characters as escapes, so that a terminal and the runner take none
 * for theirs; `##[`, which the runner obeys anywhere in a line, with an escape in it.
 */
export const shown = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => NAMED_ESCAPES[found] ?? escapeCharacter(found))
    .replaceAll('##[', '##\\u005b')
