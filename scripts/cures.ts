import { ActionError, type FailureCode } from '../src/errors.ts'

// What docs/troubleshooting.md says to change is what the action says, from the same source.

const WIDTH = 120

/** A paragraph, in lines of a page. */
function wrapped(text: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    const longer = `${line} ${word}`
    if (line !== undefined && longer.length <= WIDTH) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.join('\n')
}

// YAML stands in lines of its own, which a paragraph has not.
const inParagraph = (part: string): string =>
  part.includes('\n')
    ? `${part
        .split('\n')
        .map((line) => `\`${line.trim()}\``)
        .join(' ')}.`
    : asMarkdown(part)

const asMarkdown = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('*', '\\*')

/** What to change after a failure, as one paragraph of Markdown with the words before it that begin it. */
export const cureOf = (code: FailureCode): string =>
  wrapped(`**What to change.** ${new ActionError(code, '').advice.split('\n\n').map(inParagraph).join(' ')}`)
