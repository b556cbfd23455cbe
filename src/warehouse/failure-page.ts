import type { ActionError, Page } from '../errors.ts'
import { inMarkdown } from '../markdown.ts'
import { printable } from '../text.ts'

// After this mark Databricks quotes the statement or its plan, which the summary leaves out.
const reasonIn = (serverText: string): string =>
  serverText
    .split('== SQL')[0]
    ?.trim()
    .split(/[\r\n]/)[0] ?? ''

/** The failure of a call for the summary of its job, which holds no text of a statement. */
export const failurePage =
  ({ code, message, serverText = '' }: ActionError): Page =>
  (redact) => {
    const reason = printable(redact(reasonIn(serverText)))
    const said = reason === '' ? '' : `${inMarkdown(`The server said: ${reason}`)}\n\n`
    return `### databricks-token sql failed (${inMarkdown(code)})\n\n${inMarkdown(printable(redact(message)))}\n\n${said}`
  }
