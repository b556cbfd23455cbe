import { appendFileSync, writeSync } from 'node:fs'
import * as core from '@actions/core'
import { type LoginError, printable } from '../errors.ts'
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
const DOCUMENTATION = 'docs/troubleshooting.md'

// The runner also obeys commands of the form ##[name], anywhere in a line.
const harmless = (text: string): string => text.replaceAll('##[', '## [')

/** What was tried, what came back, what to change, and where it is explained. */
export function describeFailure(failure: LoginError, redact: (text: string) => string): string {
  const { code, message, serverText = '', advice } = failure
  const said = printable(redact(serverText))
  const parts = [
    message,
    said === '' ? '' : `The server said: ${said}`,
    '',
    advice,
    '',
    `See ${code} in ${DOCUMENTATION}.`,
  ]
  return harmless(redact(parts.filter((part, index) => part !== '' || index > 1).join('\n')))
}

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const inMarkdown = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function writeSummary(file: string | undefined, code: string, text: string): void {
  if (file === undefined || file === '') return
  try {
    appendFileSync(file, `### ${TITLE}: ${code}\n\n<pre>${inMarkdown(text)}</pre>\n`, { flag: 'a' })
  } catch {
    // A summary is a courtesy: the failure itself is in the log.
  }
}

/** The log of a step, over the workflow commands of the runner. */
export function stepLog(environment: NodeJS.ProcessEnv): Log {
  const { add, redact } = createRedaction()
  environmentSecrets(environment).forEach(add)
  const line = (text: string) => harmless(printable(redact(text)))
  return {
    mask: (secret) => {
      add(secret)
      core.setSecret(secret)
    },
    info: (text) => core.info(line(text)),
    notice: (text) => core.notice(line(text)),
    warn: (text) => core.warning(line(text)),
    debug: (text) => {
      if (core.isDebug()) core.debug(line(text))
    },
    fail: (failure) => {
      const text = describeFailure(failure, redact)
      // Written at once: the process may end before a stream is flushed.
      writeSync(1, `::error title=${TITLE} (${failure.code})::${escapeMessage(text)}\n`)
      writeSummary(environment['GITHUB_STEP_SUMMARY'], failure.code, text)
    },
  }
}
