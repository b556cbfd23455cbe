/** A text as PowerShell takes it for itself, whatever is in it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
