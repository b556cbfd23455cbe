import { appendFileSync, closeSync, constants, openSync } from 'node:fs'
import { type LoginError, printable } from '../errors.ts'
import { annotation, describeFailure, harmless, workflowCommand } from './failure-text.ts'
import { createRedaction, environmentSecrets } from './redaction.ts'

/** Everything that a step may print goes through here, and so through the redaction. */
export interface Log {
  /** Makes a secret known to the runner and to the redaction, before any other use of it. */
  mask: (secret: string) => void
  info: (line: string) => void
  notice: (line: string) => void
  warn: (line: string) => void
  /** Shown when the job runs with debug logging. */
  debug: (line: string) => void
  /** The one `::error::` of a failure, and a summary of it if that can be written. */
  fail: (failure: LoginError) => void
}

const TITLE = 'Databricks login failed'

const inMarkdown = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

// The runner has made the file; none is made where the variable names something else, and no pipe is waited for.
const EXISTING_FILE = constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK

function writeSummary(file: string | undefined, code: string, text: string): void {
  try {
    const descriptor = openSync(file ?? '', EXISTING_FILE)
    try {
      appendFileSync(descriptor, `### ${TITLE}: ${code}\n\n<pre>${inMarkdown(text)}</pre>\n`)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // A summary is a courtesy: the failure itself is in the log.
  }
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
      writeSummary(environment['GITHUB_STEP_SUMMARY'], failure.code, text)
    },
  }
}
