import type { Place } from './errors.ts'

// The runner looks for `##[` anywhere in a line, and for `::…::` where nothing stands before it but space (actions/runner,
// ActionCommand.cs). It compares as .NET does, which overlooks many characters outside ASCII: here each of them counts for
// nothing, and control characters, too. Lines end at CR and LF alone.
const BRACKETS = /(#[^ -~]*#[^ -~]*)\[/g
// Not with the flag m, for which lines end at U+2028 as well: 80,000 of them took 20 s.
const COMMAND = /##\[|(?:^|[\r\n]) *::[^\r\n]*::/

/** Whether the runner would obey something in these lines, from whatever step they come. */
export const holdsCommand = (lines: string): boolean => COMMAND.test(lines.replace(/[^\r\n -~]/g, ''))

/**
 * Text without the older form of commands, `##[name]`.
 *
 * @param bracket stands in place of its bracket
 */
export const withoutBracketCommands = (text: string, bracket = ' ['): string => text.replace(BRACKETS, `$1${bracket}`)

/** A line without a command of either form. */
export function withoutCommands(line: string): string {
  const text = withoutBracketCommands(line)
  return holdsCommand(text) ? text.replace(':', ': ') : text
}

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A workflow command, a line of its own. Only the text is escaped: the command, with its properties, is ours. */
export const workflowCommand = (command: string, text: string): string => `::${command}::${escapeMessage(text)}\n`

const escapeProperty = (text: string): string => escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** The workflow command for an annotation, at a place in the repository if one is given. The title is ours, and needs no escaping. */
export function annotation(kind: 'error' | 'warning', title: string, text: string, place?: Place): string {
  const at = place === undefined ? '' : `,file=${escapeProperty(place.file)},line=${place.line}`
  return workflowCommand(`${kind} title=${title}${at}`, text)
}
