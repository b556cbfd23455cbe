import { createMasks } from '../../sandbox/masks.ts'
import { parseCommand } from '../../sandbox/workflow-commands.ts'

const isMask = (line: string): boolean => line.startsWith('::add-mask::')

// A JWT without its signature is of no use, and the signature alone must not be seen either.
const withSignatures = (secrets: readonly string[]): string[] =>
  secrets.flatMap((secret) => [secret, ...(secret.split('.').length === 3 ? secret.split('.').slice(2) : [])])

/** The lines of a text that hold a secret in one of the forms that the runner knows; masks are where they belong. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  const masks = createMasks(...withSignatures(secrets.filter((secret) => secret !== '')))
  return text.split('\n').filter((line) => !isMask(line) && masks.apply(line) !== line)
}

/** Commands that a runner would obey, by name and with their number, as it reads the lines of a step. */
export function commandsIn(printed: string): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const line of printed.split(/\r\n|\n|\r/)) {
    const command = parseCommand(line)
    if (command !== undefined) counts[command.name] = (counts[command.name] ?? 0) + 1
  }
  return counts
}

/** What an error shows of itself and of its causes to whoever prints it. */
export function chainOf(thrown: unknown): string {
  const texts: string[] = []
  for (let at = thrown; at instanceof Error; at = at.cause) texts.push(`${at.name} ${at.message}\n${at.stack}`)
  return texts.join('\n')
}
