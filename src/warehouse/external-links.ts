import { isIP } from 'node:net'
import { ActionError } from '../errors.ts'
import { type Downloads, openDownloads } from '../http/download.ts'
import { Fault } from '../http/fault.ts'
import type { HttpRequest } from '../http/request.ts'
import { isJsonObject, readMembers, type Sent } from '../json.ts'
import type { Log } from '../log.ts'
import { type EpochSeconds, msSince, secondsNow, secondsUntil } from '../time.ts'
import { hostnameOf } from '../url.ts'
import { askUntilAnswered, PATIENCE_MS } from './asking.ts'
import { pauseUnlessCancelled } from './cancellation.ts'
import type { Output } from './output.ts'
import type { Row } from './result.ts'
import { type RowWriter, rowOf, scanRows } from './row-scanner.ts'
import { headOf, openRowWriter } from './row-writers.ts'
import { refuseMissing, type StatementEffects } from './statement.ts'
import { lostResult } from './statement-failure.ts'
import type { Result } from './statement-response.ts'

/** What links need beside what a statement does. */
export interface LinkEffects extends StatementEffects, Pick<Log, 'hideFromLog'> {
  /** Scheme, name and port of the workspace, where no link may lead. */
  origin: string
  userAgent: string
  /** The clock on the wall, by which links end. */
  today?: () => EpochSeconds
}

/** A part of a result in cloud storage. Whoever has the link may read it, so it is a secret, and so are its headers. */
interface Link {
  url: URL
  /** Headers as they came. */
  given: unknown
  /** Undefined where it is not told. */
  endsAt: EpochSeconds | undefined
  rowCount: number | undefined
  next: number | undefined
}

/** What is read of an answer with a link. */
export const LINKED_CHUNK = {
  external_links: [
    {
      chunk_index: true,
      next_chunk_index: true,
      row_count: true,
      external_link: true,
      expiration: true,
      http_headers: true,
    },
  ],
} as const

const PURPOSE = 'Download of the result'
const MIN_SECONDS_LEFT = 60
// A link may not set these headers: they steer the connection, or say what the body is like.
const NOT_THEIRS = /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i
// Only a longer value is hidden from the log. A short one would be taken out of every line that happens to hold it.
const MIN_SECRET_CHARACTERS = 8

const invalid = (found: string) => new ActionError('RESULT_INVALID', `A link to a part of the result ${found}.`)

const numberAt = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function headersOf(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, text] of Object.entries(isJsonObject(value) ? value : {})) {
    const isPlain = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && typeof text === 'string' && /^[\t -~]*$/.test(text)
    if (!isPlain || NOT_THEIRS.test(name)) throw invalid('comes with a header that is not for it to set')
    headers[name] = text
  }
  return headers
}

/** Reads the link in a chunk; where it leads is not looked at. @throws ActionError RESULT_INVALID */
function readLink({ external_links: links }: Sent<typeof LINKED_CHUNK>, index: number): Link {
  const all: unknown[] = Array.isArray(links) ? links : []
  const own = all
    .map((one) => readMembers(one, LINKED_CHUNK.external_links[0]))
    .find(({ chunk_index: found = index }) => found === index)
  const url = typeof own?.external_link === 'string' ? URL.parse(own.external_link) : null
  if (own === undefined || url === null) throw invalid('is none')
  const { next_chunk_index: next, expiration, row_count: rowCount, http_headers: headers } = own
  if (next !== undefined && next !== null && next !== index + 1) throw invalid('names a next part that is not the next')
  const endsMs = Date.parse(String(expiration))
  return {
    url,
    given: headers,
    rowCount: numberAt(rowCount),
    endsAt: Number.isNaN(endsMs) ? undefined : endsMs / 1000,
    next: next === index + 1 ? next : undefined,
  }
}

/**
 * Refuses a link that leads anywhere but to cloud storage. Private networks are legitimate: a store may have a name in one.
 *
 * @throws ActionError RESULT_INVALID, without the link
 */
export function refuseLink(url: URL, origin: string): void {
  const name = hostnameOf(url)
  if (url.protocol !== 'https:' || url.port !== '') throw invalid('is not one of https on port 443')
  if (url.username !== '' || url.password !== '') throw invalid('holds a name or a password')
  const isAddress = isIP(name.replace(/^\[|\]$/g, '')) !== 0
  if (isAddress || /(^|\.)localhost$/.test(name)) throw invalid('leads to an address, and not to a name')
  if (name === hostnameOf(new URL(origin))) throw invalid('leads to the workspace')
}

const SUMMARY_ROWS = 100

/** What is written by now. */
interface Progress {
  first: Row[]
  count: number
}

/** One part of a result: its link as it was last given. */
interface Part {
  index: number
  link: Link
  /** Rows of it that are written by now: they are passed over when it comes again. */
  written: number
}

function openParts(id: string, writer: RowWriter, effects: LinkEffects) {
  const { api, clock, signal, origin, hideFromLog, today = secondsNow } = effects
  const downloads: Downloads = openDownloads(effects.userAgent, clock)
  const progress: Progress = { first: [], count: 0 }

  function hide({ url, given }: Link): void {
    const headers = isJsonObject(given) ? Object.values(given).map(String) : []
    for (const secret of [url.href, url.search.slice(1), ...headers]) {
      if (secret.length >= MIN_SECRET_CHARACTERS) hideFromLog(secret)
    }
  }

  async function askForLink(index: number): Promise<Link> {
    const how = {
      members: LINKED_CHUNK,
      read: (chunk: Sent<typeof LINKED_CHUNK>) => readLink(chunk, index),
    }
    const link = await askUntilAnswered('The result', (options) => api.chunk(id, index, how, options), effects)
    hide(link)
    refuseLink(link.url, origin)
    return link
  }

  const isEnding = ({ endsAt }: Link): boolean =>
    endsAt !== undefined && secondsUntil(endsAt, today()) < MIN_SECONDS_LEFT

  /** Begins a download; its link may have ended by now, which a store tells by 4xx of its own choice. */
  async function open(part: Part): Promise<AsyncIterable<Buffer>> {
    let isRefused = isEnding(part.link)
    return askUntilAnswered(
      PURPOSE,
      async () => {
        if (isRefused) part.link = await askForLink(part.index)
        const { url, given } = part.link
        const headers = { accept: '*/*', ...headersOf(given) }
        const request: HttpRequest = { purpose: PURPOSE, method: 'GET', url, headers }
        try {
          return await downloads.get(request, signal)
        } catch (thrown) {
          const status = thrown instanceof Fault ? (thrown.status ?? 0) : 0
          isRefused = status >= 400 && status <= 499
          throw thrown
        }
      },
      effects,
    )
  }

  /** Writes the rows of a part as they come. @throws Fault if it breaks off */
  async function write(part: Part, body: AsyncIterable<Buffer>): Promise<void> {
    const { rowCount = Number.POSITIVE_INFINITY } = part.link
    let seen = 0
    const scanner = scanRows(writer.readRow, (bytes, start, end) => {
      seen++
      if (seen > rowCount) throw invalid(`announces ${rowCount} rows, and more came`)
      if (seen <= part.written) return
      writer.endRow()
      if (progress.count < SUMMARY_ROWS) progress.first.push(rowOf(bytes, start, end))
      progress.count++
      part.written++
    })
    for await (const piece of body) scanner.push(piece)
    scanner.end()
    if (seen < part.written || (part.link.rowCount ?? seen) !== seen) {
      throw invalid(`announces ${part.link.rowCount ?? part.written} rows, and ${seen} came`)
    }
  }

  /** Fetches a part until it is whole. */
  async function fetchPart(part: Part): Promise<void> {
    let cameAt = clock.now()
    for (let broken = 0; ; broken++) {
      const { written } = part
      try {
        await write(part, await open(part))
        return
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        if (part.written > written) [cameAt, broken] = [clock.now(), 0]
        const { message } = thrown.failure
        if (msSince(cameAt, clock.now()) >= PATIENCE_MS) throw new ActionError('STATEMENT_UNCERTAIN', message)
        effects.info(`${message} It is fetched again, and the ${part.written} rows that came are passed over.`)
        await pauseUnlessCancelled(Math.min(1000 * 2 ** broken, 30_000), signal, clock)
      }
    }
  }

  return { askForLink, fetchPart, progress, close: downloads.close }
}

async function writeParts(id: string, result: Result, writer: RowWriter, effects: LinkEffects): Promise<Progress> {
  const { askForLink, fetchPart, progress, close } = openParts(id, writer, effects)
  const hasNone = result.chunkCount === 0 || result.rowCount === 0
  try {
    let chunks = 0
    for (let asked = hasNone ? undefined : askForLink(0); asked !== undefined; chunks++) {
      const link = await asked
      // The next link is asked for now, so that its download can begin at once. If that fails, it fails when its turn comes.
      asked = link.next === undefined ? undefined : askForLink(link.next)
      asked?.catch(() => undefined)
      await fetchPart({ index: chunks, link, written: 0 })
    }
    writer.flush()
    refuseMissing(result, progress.count, chunks)
    return progress
  } catch (thrown) {
    throw lostResult(thrown, id)
  } finally {
    close()
  }
}

/**
 * Writes a result that is in cloud storage as csv or jsonl, as it comes: no part of it is ever in memory whole. Gives back
 * the first of its rows, and how many there are.
 *
 * @throws ActionError RESULT_INVALID for a link that leads elsewhere, and for rows that are not as many as were announced;
 *   RESULT_GONE if a part cannot be had; RESULT_UNWRITABLE; STATEMENT_CANCELED
 */
export async function writeLinkedRows(
  id: string,
  result: Result,
  output: Output,
  effects: LinkEffects,
): Promise<Progress> {
  if (result.columns.length > 0) output.write(headOf(output.format, result.columns))
  return writeParts(id, result, openRowWriter(output, result.columns), effects)
}
