/** A text as PowerShell takes it for itself, whatever is in it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The same on lines of its own, in which nothing is doubled. */
export const hereString = (text: string): string => `@'\n${text}\n'@`
