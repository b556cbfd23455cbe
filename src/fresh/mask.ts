const MIN_SIGNATURE_LENGTH = 16

/**
 * The workflow command that masks a token, for stderr. Of a JWT the signature alone: if the runner misses the line, as
 * it does inside `::stop-commands::`, what it prints is not a token. It starts a line of its own, since the runner
 * reads no command in the middle of one.
 */
export function maskLine(token: string): string {
  const [, , signature = '', ...more] = token.split('.')
  const isJwt = more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH
  return `\n::add-mask::${isJwt ? signature : token}\n`
}
