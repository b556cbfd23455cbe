import type { ActionError } from '../errors.ts'
import { printable, printableLines } from '../text.ts'
import { withoutBracketCommands } from '../workflow-commands.ts'

const DOCUMENTATION = 'docs/troubleshooting.md'

/** The code, with what is behind it where that is known. */
export const nameOf = ({ code, reason }: Pick<ActionError, 'code' | 'reason'>): string =>
  reason === undefined ? code : `${code} (${reason})`

/**
 * Where a code is explained: the page of the action that runs, where the runner tells which that is (GitHub, "Default
 * environment variables"); otherwise the file alone, as for an action of the workspace.
 */
export function explanationOf(
  { code, reason }: Pick<ActionError, 'code' | 'reason'>,
  environment: NodeJS.ProcessEnv,
): string {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_ACTION_REPOSITORY: repository = '',
    GITHUB_ACTION_REF: ref = '',
  } = environment
  const isKnown = server === 'https://github.com' && /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
  if (!isKnown) return `See ${nameOf({ code, reason })} in ${DOCUMENTATION}.`
  return `See ${server}/${repository}/blob/${ref}/${DOCUMENTATION}#${(reason ?? code).toLowerCase()}`
}

// With a border, since none of these lines may begin as a command, and their columns show a place.
const borderedLines = (text: string): string => printableLines(text).replace(/^|\n/g, '\n| ')

/** What was tried, what came back, what to change, and where it is explained. */
export function describeFailure(
  failure: ActionError,
  redact: (text: string) => string,
  environment: NodeJS.ProcessEnv,
): string {
  const { message, serverText = '', keepsLines, advice } = failure
  const said = keepsLines ? borderedLines(redact(serverText)) : ` ${printable(redact(serverText))}`
  // Each on its own, since the redaction cuts what is long.
  const parts = [
    redact(`${nameOf(failure)}: ${message}`),
    said.trim() === '' ? '' : `The server said:${said}`,
    '',
    redact(advice),
    '',
    explanationOf(failure, environment),
  ]
  const text = parts.filter((part, index) => part !== '' || index > 1).join('\n')
  return withoutBracketCommands(text.replace(/\n{3,}/g, '\n\n'))
}
