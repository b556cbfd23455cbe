import type { ActionError, FailureCode, Page, Place } from '../errors.ts'
import type { Log } from '../log.ts'
import { asCode, inMarkdown, textAsPage } from '../markdown.ts'
import { printable, withoutControls } from '../text.ts'
import { annotation, withoutCommands, workflowCommand } from '../workflow-commands.ts'
import { describeFailure, explanationOf, nameOf } from './failure-text.ts'
import { createRedaction, environmentSecrets } from './redaction.ts'
import { appendPage } from './summary.ts'

/** How each kind of line is written: text that is ready to be printed. */
export interface Form {
  mask: (secrets: readonly string[]) => string
  info: (line: string) => string
  notice: (line: string) => string
  warning: (line: string) => string
  debug: (line: string) => string
  fail: (code: FailureCode, text: string, place: Place | undefined) => string
}

const STEP_TITLE = 'Databricks login failed'

/** Workflow commands that mask, a line each. */
export const maskLines = (secrets: readonly string[]): string =>
  secrets.map((secret) => workflowCommand('add-mask', secret)).join('')

const stepForm: Form = {
  mask: maskLines,
  info: (line) => `${line}\n`,
  notice: (line) => workflowCommand('notice', line),
  warning: (line) => workflowCommand('warning', line),
  debug: (line) => workflowCommand('debug', line),
  fail: (code, text) => annotation('error', `${STEP_TITLE} (${code})`, text),
}

export interface RedactingLog extends Log {
  redact: (text: string) => string
}

/** A log in one of these forms, with the redaction that all of its lines go through. */
export function createLog(
  environment: NodeJS.ProcessEnv,
  form: Form,
  print: (text: string) => void,
  /** Where the runner tells which action runs. */
  action: NodeJS.ProcessEnv,
): RedactingLog {
  const { add, redact: redactSecrets } = createRedaction()
  // Everything that is printed goes through here: where a text of somebody else was overlooked, a terminal obeys none of it.
  const redact = (text: string) => withoutControls(redactSecrets(text))
  environmentSecrets(environment).forEach(add)
  const masked = new Set<string>()
  const line = (text: string) => withoutCommands(printable(redact(text)))
  const describe = (failure: ActionError) => describeFailure(failure, redact, action)
  return {
    redact,
    mask: (...secrets) => {
      secrets.forEach(add)
      const others = secrets.filter((secret) => !masked.has(secret))
      if (others.length > 0) print(form.mask(others))
      for (const secret of others) masked.add(secret)
    },
    hideFromLog: add,
    info: (text) => print(form.info(line(text))),
    notice: (text) => print(form.notice(line(text))),
    warning: (text) => print(form.warning(line(text))),
    debug: (text) => {
      if (environment['RUNNER_DEBUG'] === '1') print(form.debug(line(text)))
    },
    describe,
    fail: (failure) => print(form.fail(failure.code, describe(failure), failure.place)),
  }
}

const linked = (text: string): string => {
  const url = /^See (https:\S+)$/.exec(text)?.[1]
  return url === undefined ? inMarkdown(text) : `[What it means, and what to do](${url})`
}

// As in the log, the text of a server is cut and escaped at this one place.
function failurePage(failure: ActionError, redact: (text: string) => string, environment: NodeJS.ProcessEnv): string {
  const { message, advice, serverText = '' } = failure
  const said = printable(redact(serverText))
  const parts = [
    `### ${STEP_TITLE}: ${nameOf(failure)}`,
    failure.page?.(redact) ?? textAsPage(redact(`${message}\n\n${advice}`)),
    ...(said === '' ? [] : [`The server said ${asCode(said)}`]),
    linked(explanationOf(failure, environment)),
  ]
  return `${parts.join('\n\n')}\n`
}

// Each line on its own, since the redaction cuts what is long. Nothing is printed of an empty text.
export function printLines(lines: string, redact: (text: string) => string, print: (text: string) => void): void {
  for (const line of lines === '' ? [] : lines.split('\n')) print(`${withoutCommands(redact(line))}\n`)
}

/** The log of a step, which has a page in the summary of the job, too. */
export interface StepLog extends Log {
  /** Lines as they stand, for what is to be copied. */
  text: (lines: string) => void
  /** A page in the summary of the job, if that can be written. */
  page: (page: Page) => void
}

/**
 * The log of a step, in the workflow commands of the runner.
 *
 * @param print writes whole lines to stdout, at once, since the process may end before a stream is flushed
 */
export function stepLog(environment: NodeJS.ProcessEnv, print: (text: string) => void): StepLog {
  const { redact, ...log } = createLog(environment, stepForm, print, environment)
  const { GITHUB_STEP_SUMMARY: summary } = environment
  const text = (lines: string) => printLines(lines, redact, print)
  return {
    ...log,
    text,
    page: (page) => {
      appendPage(summary, `${page(redact)}\n`)
    },
    fail: (failure) => {
      const isInSummary = appendPage(summary, failurePage(failure, redact, environment))
      if (!isInSummary && failure.text !== undefined) text(failure.text)
      log.fail(failure)
    },
  }
}
