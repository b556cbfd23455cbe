// A large result by links to cloud storage: each of its parts is the same 118 MB, so that this process holds one of them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority } from '../sandbox/authority.ts'
import { startConnectProxy } from '../sandbox/connect-proxy.ts'
import { startLinkStore } from '../sandbox/link-store.ts'
import type { RecordedAnswer } from '../sandbox/statements.ts'

const PART_BYTES = 118_000_000
const STORE = 'bucket.store.example'

const names = ['id', 'name', 'at', 'amount', 'comment', 'text', 'bucket', 'nothing', 'country', 'key']
const columns = names.map((name) => ({ name, type: 'STRING' }))
const rowOf = (i: number) => [
  String(i),
  `customer ${i}`,
  '2026-11-30T12:00:00.000Z',
  (i * 1.37).toFixed(2),
  i % 5 === 0 ? null : 'a comment, with a comma',
  i % 7 === 0 ? 'a "quoted" one' : 'plain text of some length',
  String(i % 1000),
  '',
  'DE',
  `key-${i * 7919}`,
]

function makePart(): { count: number; rows: Buffer } {
  const texts: string[] = []
  for (let size = 0; size < PART_BYTES; ) {
    const text = JSON.stringify(rowOf(texts.length))
    texts.push(text)
    size += text.length + 1
  }
  return { count: texts.length, rows: Buffer.from(`[${texts.join(',')}]`) }
}

const statement = /^SELECT rows$/

/** The same answer for a protocol without links. Its rows are made when they are asked for: all at once they would take gigabytes. */
export function inlineResult(parts: number) {
  const { count } = makePart()
  const length = parts * count
  const slice = (start: number, end: number) =>
    Array.from({ length: Math.min(end, length) - start }, (_, i) => rowOf((start + i) % count))
  return { statement, answer: { columns, rows: { length, slice } } }
}

/**
 * A store behind a proxy that holds the answer to `SELECT rows`: so many parts of 118 MB. `speed` may be changed at any time, and
 * counts from the next request on.
 */
export async function startLinkedResult(parts: number) {
  const authority = await createAuthority()
  const speed: { bytesPerSecond?: number | undefined } = {}
  const store = await startLinkStore({ name: STORE, tls: await authority.issue(STORE), seconds: 7200, speed })
  const proxy = await startConnectProxy({ routes: { [`${STORE}:443`]: store.port } })
  const part = makePart()
  const all = Array.from({ length: parts }, () => part)
  const answer = { columns, rows: [], parts: all, seconds: 0 }
  const recorded: RecordedAnswer[] = [{ statement, answer }]

  /** Writes the certificates for a job into its folder, and gives back the variables that lead it to the store. */
  function environmentFor(folder: string, certificates: string): Record<string, string> {
    const file = join(folder, 'all.pem')
    writeFileSync(file, `${readFileSync(certificates, 'utf8')}\n${authority.certificate}`)
    const trusted = { NODE_EXTRA_CA_CERTS: file, CURL_CA_BUNDLE: file, SSL_CERT_FILE: file }
    return { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1', ...trusted }
  }
  const close = () => Promise.all([store.close(), proxy.close()])
  return { store, speed, part, columns, recorded, environmentFor, close }
}
