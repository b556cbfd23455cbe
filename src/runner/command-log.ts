import type { Page } from '../errors.ts'
import type { Log } from '../log.ts'
import { annotation } from '../workflow-commands.ts'
import { isInWorkflow } from './in-workflow.ts'
import { createLog, type Form, maskLines, printLines } from './log.ts'
import { signatureOf } from './redaction.ts'
import { appendPage } from './summary.ts'

const COMMAND_TITLE = 'databricks-token'
const commandLine = (line: string): string => `${COMMAND_TITLE}: ${line}\n`

const commandForm: Form = {
  mask: () => '',
  info: commandLine,
  notice: commandLine,
  warning: commandLine,
  debug: commandLine,
  fail: (_code, text) => commandLine(text),
}

const commandInWorkflowForm: Form = {
  ...commandForm,
  // Of a JWT the signature alone: if the runner misses the line, as it does inside `::stop-commands::`, what it prints
  // is not a token. Lines of their own, since the runner reads no command in the middle of one.
  mask: (secrets) => `\n${maskLines(secrets.map((secret) => signatureOf(secret) ?? secret))}`,
  warning: (line) => annotation('warning', COMMAND_TITLE, line),
  fail: (code, text, place) => annotation('error', `${COMMAND_TITLE} failed (${code})`, text, place),
}

/** The log of the command, which has a page in the summary of the job where that is asked for. */
export interface CommandLog extends Log {
  /** Adds a page to the summary of the job; false if it cannot be written. */
  page: (page: Page) => boolean
}

/**
 * The log of the command: workflow commands in a workflow, plain lines elsewhere.
 *
 * @param print writes whole lines to stderr, since stdout carries the token alone
 */
export function commandLog(environment: NodeJS.ProcessEnv, print: (text: string) => void): CommandLog {
  const form = isInWorkflow(environment) ? commandInWorkflowForm : commandForm
  // In a step of a composite action the runner's variables name that action, whose pages explain nothing of ours.
  const { redact, ...log } = createLog(environment, form, print, {})
  return {
    ...log,
    page: (page) => appendPage(environment['GITHUB_STEP_SUMMARY'], page(redact)),
    // The command writes no page of the summary about a login, so all that is known of a failure stands in the log.
    fail: (failure) => {
      printLines(failure.text ?? '', redact, print)
      log.fail(failure)
    },
  }
}
