/** Text from outside as one line, without control, format and line-breaking characters. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\s]+/gu, ' ').trim()

/** Lines as they are, with a space in place of each other control, format and line-breaking character. */
export const withoutControls = (lines: string): string => lines.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, ' ')

const MAX_QUOTED_CHARACTERS = 500
const MAX_READ_CHARACTERS = 4096

/** Marks the place where a text was cut. The redaction looks for the start of a secret in front of it. */
export const CUT_MARK = ' \u2026'

/** Text from outside as one line of at most 500 characters, and CUT_MARK: see `oneLine`. */
export function printable(text: string): string {
  // The text is cut first, since a server may send a megabyte and each pattern would read all of it.
  const line = oneLine(text.slice(0, MAX_READ_CHARACTERS))
  const isWhole = text.length <= MAX_READ_CHARACTERS && line.length <= MAX_QUOTED_CHARACTERS
  return isWhole ? line : line.slice(0, MAX_QUOTED_CHARACTERS) + CUT_MARK
}

/** Text from outside with its lines and columns, at most 4,096 characters of it, and CUT_MARK: see `withoutControls`. */
export function printableLines(text: string): string {
  const lines = withoutControls(text.slice(0, MAX_READ_CHARACTERS).replace(/\r\n?/g, '\n')).split('\n')
  const whole = lines.map((line) => line.trimEnd()).join('\n')
  return whole.replace(/^\n+|\n+$/g, '') + (text.length <= MAX_READ_CHARACTERS ? '' : CUT_MARK)
}
