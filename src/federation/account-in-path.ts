import { ActionError } from '../errors.ts'
import { isSameId } from '../host.ts'

/**
 * Refuses a published URL whose path names another account than the one that the user gave.
 *
 * @param published what of the host holds the URL, for the error
 * @throws ActionError METADATA_UNTRUSTED
 */
export function checkAccountIn({ pathname }: URL, givenAccountId: string | undefined, published: string): void {
  if (givenAccountId === undefined) return
  // As a server may read it: letters may be escaped, and of another case.
  const path = pathname.replace(/%[0-9a-f]{2}/gi, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  )
  const segments = path.toLowerCase().split('/')
  const named = segments.filter((_, index) => segments[index - 1] === 'accounts')
  if (named.every((id) => isSameId(id, givenAccountId))) return
  throw new ActionError(
    'METADATA_UNTRUSTED',
    `${published} is of another account than the one given, ${givenAccountId}.`,
  )
}
