import { win32 } from 'node:path'
import { variableOf } from './find-program.ts'

/** What starts a batch file: cmd by its path, and parameters that are quoted as cmd wants them. */
export interface BatchStart {
  cmd: string
  parameters: readonly string[]
}

// The longest line that cmd reads.
const MAX_LINE = 8191

const PLAIN = /^[\w./:\\+@#~-]*[\w./:+@#~-]$/

// Within quotation marks cmd heeds nothing but the next mark, and `%`. Each mark of an argument is written twice, so that cmd
// counts an even number. A C program on Windows reads two marks within marks as one. It halves backslashes in front of a mark,
// so these are doubled.
function quote(argument: string): string {
  if (PLAIN.test(argument)) return argument
  return `"${argument.replaceAll(/(\\*)"/g, '$1$1""').replace(/\\+$/, '$&$&')}"`
}

// Text between two % is the name of a variable for cmd. A batch file that uses `call` to hand its arguments on loses a single %,
// too.
const READ_AGAIN = [
  { what: 'a line break', pattern: /[\r\n\0]/ },
  { what: 'a percent sign', pattern: /%/ },
]

function refusalOf(file: string, parameters: readonly string[]): string | undefined {
  for (const [index, word] of [file, ...parameters].entries()) {
    const found = READ_AGAIN.find(({ pattern }) => pattern.test(word))
    if (found) return `cmd would read ${found.what} in ${index === 0 ? 'its path' : `argument ${index}`} as its own`
  }
  return undefined
}

/**
 * What starts a batch file so that each argument arrives as it was given, through `%*` or `"%~1"`.
 *
 * @returns a text that says why it cannot be started, with no argument in it
 */
export function startOfBatch(
  file: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): BatchStart | string {
  const refusal = refusalOf(file, parameters)
  if (refusal !== undefined) return `is a batch file, and ${refusal}`
  const line = [`"${file}"`, ...parameters.map(quote)].join(' ')
  const system = variableOf(environment, 'SystemRoot') ?? 'C:\\Windows'
  const cmd = win32.join(system, 'System32', 'cmd.exe')
  // No start-up command of the registry, no `!name!`; /s leaves the line between the outermost marks as it is.
  const options = ['/d', '/v:off', '/s', '/c', `"${line}"`]
  const isTooLong = [cmd, ...options].join(' ').length > MAX_LINE
  if (isTooLong) return `is a batch file, and its arguments are longer than cmd reads (${MAX_LINE} characters)`
  return { cmd, parameters: options }
}
