/** A command that a step wrote to stdout or stderr. */
export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  /** What follows the command, unescaped. */
  readonly message: string
}

/** Names that the runner knows; a line with any other is an ordinary line. */
const knownCommands: ReadonlySet<string> = new Set([
  'add-mask',
  'stop-commands',
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'set-output',
  'save-state',
  'set-env',
  'add-path',
  'add-matcher',
  'remove-matcher',
])

/**
 * Reads one line as the runner does (ActionCommand.cs): `::name key=value,key=value::message` at the start of
 * the line, spaces aside, or the older `##[name key=value;key=value]message` anywhere in it.
 *
 * @param extra a further name to know: the token that ends `stop-commands`
 */
export function parseCommand(line: string, extra?: string): WorkflowCommand | undefined {
  const isKnown = (name: string) => knownCommands.has(name.toLowerCase()) || (!!extra && same(name, extra))
  const current = /^\s*::(.*?)::(.*)$/s.exec(line)
  if (current) {
    const command = describe(current[1] ?? '', unescapeMessage(current[2] ?? ''), ',', unescapeProperty)
    if (isKnown(command.name)) return command
  }
  const older = /##\[([^\]]*)\](.*)$/s.exec(line)
  if (older) {
    const command = describe(older[1] ?? '', unescapeOlder(older[2] ?? ''), ';', unescapeOlder)
    if (isKnown(command.name)) return command
  }
  return undefined
}

/** The runner compares names without regard to case. */
export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function describe(
  head: string,
  message: string,
  separator: string,
  unescapeValue: (text: string) => string,
): WorkflowCommand {
  const space = head.indexOf(' ')
  const name = space < 0 ? head : head.slice(0, space)
  const pairs = (space < 0 ? '' : head.slice(space + 1).trim())
    .split(separator)
    .map((pair) => /^([^=]+)=(.+)$/s.exec(pair))
    .flatMap((match) => (match ? [[match[1] ?? '', unescapeValue(match[2] ?? '')]] : []))
  return { name, properties: Object.fromEntries(pairs), message }
}

const unescapeMessage = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

const unescapeProperty = (text: string): string => unescapeMessage(text.replaceAll('%3A', ':').replaceAll('%2C', ','))

const unescapeOlder = (text: string): string => unescapeMessage(text.replaceAll('%3B', ';').replaceAll('%5D', ']'))
