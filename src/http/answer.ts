import type { IncomingMessage } from 'node:http'
import { LoginError } from '../errors.ts'
import type { HttpAnswer, HttpRequest } from './request.ts'

const MAX_BODY_BYTES = 1024 * 1024

/** @throws LoginError REDIRECTED; it names the target's host only, since the rest may hold values */
export function refuseRedirect({ statusCode = 0, headers }: IncomingMessage, { purpose, url }: HttpRequest): void {
  if (statusCode < 300 || statusCode > 399) return
  const target = URL.parse(headers.location ?? '', url.href)?.hostname || 'nowhere readable'
  throw new LoginError(
    'REDIRECTED',
    `${purpose}: ${url.host} answered ${statusCode}, a redirect to ${target}. It was not followed.`,
  )
}

/**
 * Reads a body to its end. The library's own reader never settles when the peer closes in the middle of it.
 *
 * @throws LoginError ANSWER_INVALID (compressed, larger than 1 MiB); an Error of Node if the body breaks off
 */
export async function readBody(message: IncomingMessage, { purpose, url }: HttpRequest): Promise<string> {
  const encoding = message.headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    throw new LoginError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is compressed, unasked.`)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) {
      throw new LoginError('ANSWER_INVALID', `${purpose}: the answer of ${url.host} is larger than 1 MiB.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Members of a JSON object from a server, not yet validated. */
export type JsonObject = Record<string, unknown>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The JSON object in an answer: content type first, then syntax (RFC 8259), then that it is an object.
 *
 * @throws LoginError with the code given, saying what was expected and what was found
 */
export function jsonObject(
  { contentType, body }: HttpAnswer,
  { purpose, url }: HttpRequest,
  code: 'ANSWER_INVALID' | 'METADATA_INVALID' | 'EXCHANGE_INVALID' | 'VERIFY_INVALID' = 'ANSWER_INVALID',
): JsonObject {
  const refuse = (found: string, serverText?: string) =>
    new LoginError(code, `${purpose}: a JSON object was expected of ${url.host}, which sent ${found}.`, {
      advice: 'Something between the runner and that host may answer in its place: check host and proxy.',
      ...(serverText === undefined ? {} : { serverText }),
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
  if (!isObject(parsed))
    throw refuse(Array.isArray(parsed) ? 'an array' : `${parsed === null ? 'null' : typeof parsed}`)
  return parsed
}
