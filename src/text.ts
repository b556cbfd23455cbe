/**
 * A pattern of categories of Unicode. As a literal it would cost half a millisecond at each start, since Node checks all
 * literals of a file when it reads the file. So it is made when a text needs it. It is for `replace` alone: `test` would go on
 * where it stopped in another text.
 */
export function unicodePattern(source: string): () => RegExp {
  let pattern: RegExp | undefined
  return () => {
    pattern ??= new RegExp(source, 'gu')
    return pattern
  }
}

const CONTROLS = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}`
const controlsAndSpace = unicodePattern(String.raw`[${CONTROLS}\s]+`)
const controlsInLines = unicodePattern(String.raw`(?!\n)[${CONTROLS}]`)

// Of what a login prints it is nearly all.
const isPlain = (text: string): boolean => /^[\n -~]*$/.test(text)

/** Text from outside as one line, without control, format and line-breaking characters. */
export const oneLine = (text: string): string => text.replace(isPlain(text) ? /\s+/g : controlsAndSpace(), ' ').trim()

/** Lines as they are, with a space in place of each other control, format and line-breaking character. */
export const withoutControls = (lines: string): string =>
  isPlain(lines) ? lines : lines.replace(controlsInLines(), ' ')

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
