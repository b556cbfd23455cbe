/**
 * Text without the commands of the form ##[name] that the runner obeys anywhere in a line. It overlooks some characters
 * outside ASCII between these.
 */
export const withoutCommands = (text: string): string => text.replace(/(#[^ -~]*#[^ -~]*)\[/g, '$1 [')

const escapeMessage = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A workflow command, a line of its own. Only the text is escaped: the command, with its properties, is ours. */
export const workflowCommand = (command: string, text: string): string => `::${command}::${escapeMessage(text)}\n`

/** The workflow command for an annotation. The title is ours and needs no escaping. */
export const annotation = (kind: 'error' | 'warning', title: string, text: string): string =>
  workflowCommand(`${kind} title=${title}`, text)
