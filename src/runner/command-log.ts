import type { Log } from '../log.ts'
import { annotation, workflowCommand } from '../workflow-commands.ts'
import { createLog, type Form, printLines } from './log.ts'
import { signatureOf } from './redaction.ts'

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
  // is not a token. A line of its own, since the runner reads no command in the middle of one.
  mask: (secret) => `\n${workflowCommand('add-mask', signatureOf(secret) ?? secret)}`,
  warning: (line) => annotation('warning', COMMAND_TITLE, line),
  fail: (code, text) => annotation('error', `${COMMAND_TITLE} failed (${code})`, text),
}

/**
 * The log of the command: workflow commands in a workflow, plain lines elsewhere.
 *
 * @param print writes whole lines to stderr, since stdout carries the token alone
 */
export function commandLog(environment: NodeJS.ProcessEnv, print: (text: string) => void): Log {
  const inWorkflow = environment['GITHUB_ACTIONS'] === 'true'
  // In a step of a composite action the runner's variables name that action, whose pages explain nothing of ours.
  const { redact, ...log } = createLog(environment, inWorkflow ? commandInWorkflowForm : commandForm, print, {})
  return {
    ...log,
    // The command writes no page of the summary, so all that is known of a failure stands in the log.
    fail: (failure) => {
      printLines(failure.text ?? '', redact, print)
      log.fail(failure)
    },
  }
}
