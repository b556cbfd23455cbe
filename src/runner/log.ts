import { type LoginError, type Page, printable } from '../errors.ts'
import { annotation, describeFailure, explanationOf, harmless, nameOf, workflowCommand } from './failure-text.ts'
import { createRedaction, environmentSecrets } from './redaction.ts'
import { appendSummary, asCode, inMarkdown, textAsPage } from './summary.ts'

/** Everything that a step may print goes through here, and so through the redaction. */
export interface Log {
  /** Makes a secret known to the runner and to the redaction, before any other use of it. */
  mask: (secret: string) => void
  info: (line: string) => void
  /** Lines as they stand, for what is to be copied. */
  text: (lines: string) => void
  /** A page in the summary of the job, if that can be written. */
  page: (page: Page) => void
  notice: (line: string) => void
  warn: (line: string) => void
  /** Shown when the job runs with debug logging. */
  debug: (line: string) => void
  /** The one `::error::` of a failure, and a summary of it if that can be written. */
  fail: (failure: LoginError) => void
}

const TITLE = 'Databricks login failed'

// What a page has to say beside the reason comes from the same failure, and through the same redaction.
function failurePage(failure: LoginError, redact: (text: string) => string, environment: NodeJS.ProcessEnv): string {
  const { message, advice, serverText = '' } = failure
  const page = failure.page?.(redact) ?? textAsPage(redact(`${message}\n\n${advice}`))
  const said = printable(redact(serverText))
  const parts = [
    `### ${TITLE}: ${nameOf(failure)}`,
    page,
    ...(said === '' ? [] : [`The server said ${asCode(said)}`]),
    linked(explanationOf(failure, environment)),
  ]
  return `${parts.join('\n\n')}\n`
}

const linked = (text: string): string => {
  const url = /^See (https:\S+)$/.exec(text)?.[1]
  return url === undefined ? inMarkdown(text) : `[What it means, and what to do](${url})`
}

/**
 * The log of a step, in the workflow commands of the runner: the only ones that this action prints.
 *
 * @param print writes whole lines to stdout, at once, since the process may end before a stream is flushed
 */
export function stepLog(environment: NodeJS.ProcessEnv, print: (text: string) => void): Log {
  const { add, redact } = createRedaction()
  environmentSecrets(environment).forEach(add)
  const line = (text: string) => harmless(printable(redact(text)))
  return {
    mask: (secret) => {
      add(secret)
      print(workflowCommand('add-mask', secret))
    },
    text: (lines) => print(`${harmless(redact(lines)).replace(/^(\s*):(?=:)/gm, '$1: ')}\n`),
    page: (page) => void appendSummary(environment['GITHUB_STEP_SUMMARY'], `${page(redact)}\n`),
    // A line that starts with :: would be a command.
    info: (text) => print(`${line(text).replace(/^::/, ': :')}\n`),
    notice: (text) => print(workflowCommand('notice', line(text))),
    warn: (text) => print(workflowCommand('warning', line(text))),
    debug: (text) => {
      if (environment['RUNNER_DEBUG'] === '1') print(workflowCommand('debug', line(text)))
    },
    fail: (failure) => {
      const text = describeFailure(failure, redact, environment)
      print(annotation('error', `${TITLE} (${failure.code})`, text))
      appendSummary(environment['GITHUB_STEP_SUMMARY'], failurePage(failure, redact, environment))
    },
  }
}
