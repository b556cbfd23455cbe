import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionError } from '../errors.ts'
import { printable, printableLines } from '../text.ts'
import { withoutBracketCommands } from '../workflow-commands.ts'

const PAGE = 'docs/troubleshooting.md'

/** The code, with what is behind it where that is known. */
export const nameOf = ({ code, reason }: Pick<ActionError, 'code' | 'reason'>): string =>
  reason === undefined ? code : `${code} (${reason})`

const KNOWN = /^https:\/\/[\w.-]+(\/[\w.-]+){2}\/blob\/\w[\w./-]+$/

const folderOf = ([, bundle = '']: readonly string[]): string => join(bundle, '../../..')

/**
 * Where a code is explained: the page of the action that runs, where the runner tells which that is (GitHub, "Default
 * environment variables"), or the one that was copied into the workflow's repository with it; otherwise the file alone.
 *
 * @param job its environment
 * @param folder the action's own, where Node was started with `dist/main/index.js` or `dist/post/index.js` in it. The command is
 *   started from elsewhere, and knows no page
 */
export function explanationOf(
  { code, reason }: Pick<ActionError, 'code' | 'reason'>,
  job: NodeJS.ProcessEnv,
  folder = folderOf(process.argv),
): string {
  const { GITHUB_ACTION_REPOSITORY: action, GITHUB_ACTION_REF: ref = '' } = job
  const [, path] = folder.split(job['GITHUB_WORKSPACE'] ?? '*')
  const copy =
    path !== undefined &&
    existsSync(`${folder}/${PAGE}`) &&
    `${job['GITHUB_REPOSITORY']}/blob/${job['GITHUB_SHA']}${path}`
  const url = `${job['GITHUB_SERVER_URL']}/${action ? `${action}/blob/${ref}` : copy}/${PAGE}`
  return KNOWN.test(url)
    ? `See ${url}#${(reason ?? code).toLowerCase()}`
    : `See ${nameOf({ code, reason })} in ${PAGE}.`
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
