import { ActionError } from '../errors.ts'
import { isJsonObject, type Members, readMembers, type Sent } from '../json.ts'
import type { HttpAnswer } from './request.ts'

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  return value === null ? 'null' : typeof value
}

/**
 * What was sent of these members in the JSON object of an answer: content type first, then syntax (RFC 8259), then that
 * it is an object.
 *
 * @throws ActionError with the code given, saying what was expected and what was found
 */
export function jsonObject<Of extends Members>(
  { request: { purpose, url }, contentType, body }: HttpAnswer,
  members: Of,
  code: 'ANSWER_INVALID' | 'METADATA_INVALID' | 'EXCHANGE_INVALID' | 'VERIFY_INVALID' = 'ANSWER_INVALID',
): Sent<Of> {
  const refuse = (found: string, serverText?: string) =>
    new ActionError(code, `${purpose}: a JSON object was expected of ${url.host}, which sent ${found}.`, {
      advice: 'Something between the runner and that host may answer in its place: check host and proxy.',
      serverText,
    })
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType)) {
    throw contentType === '' ? refuse('no content type') : refuse('another content type', contentType)
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    throw refuse('something else')
  }
  if (!isJsonObject(parsed)) throw refuse(nameOf(parsed))
  return readMembers(parsed, members)
}
