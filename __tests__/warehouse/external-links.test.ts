import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asActionError } from '../../src/errors.ts'
import { Fault } from '../../src/http/fault.ts'
import type { StatementApi } from '../../src/warehouse/api.ts'
import { refuseLink, writeLinkedRows } from '../../src/warehouse/external-links.ts'
import { codeOf, failureOf } from '../support/failures.ts'
import { effectsWith } from '../support/statement-effects.ts'

const origin = 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'

// Nobody is there: no link leads anywhere.
beforeEach(() => {
  vi.stubEnv('https_proxy', 'http://127.0.0.1:9')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

test.each([
  'https://bucket.s3.eu-west-1.amazonaws.com/a?X-Amz-Signature=1',
  'https://account.blob.core.windows.net/a',
  'https://storage.googleapis.com/a',
  'https://minio/a',
  'https://STORE.corp.example.:443/a',
  'https://10.example/a',
])('%s may be asked', async (link) => {
  expect(await codeOf(() => refuseLink(new URL(link), origin))).toBe('none')
})

test.each([
  ['http://store.example/a', 'is not one of https on port 443'],
  ['ftp://store.example/a', 'is not one of https on port 443'],
  ['https://store.example:8443/a', 'is not one of https on port 443'],
  ['https://user@store.example/a', 'holds a name or a password'],
  ['https://:password@store.example/a', 'holds a name or a password'],
  ['https://169.254.169.254/a', 'leads to an address, and not to a name'],
  ['https://0x7f.1/a', 'leads to an address, and not to a name'],
  ['https://[::1]/a', 'leads to an address, and not to a name'],
  ['https://[::ffff:10.0.0.1]/a', 'leads to an address, and not to a name'],
  ['https://LOCALHOST/a', 'leads to an address, and not to a name'],
  ['https://a.localhost./a', 'leads to an address, and not to a name'],
  [`${origin}/a`, 'leads to the workspace'],
  [`${origin.toUpperCase()}./a`, 'leads to the workspace'],
])('%s is refused, without it', async (link, found) => {
  const { code, message } = await failureOf(() => refuseLink(new URL(link), origin))
  expect([code, message]).toEqual(['RESULT_INVALID', `A link to a part of the result ${found}.`])
})

/** Writes a result of one part, to which the API gives this link each time. */
async function write(link: object) {
  const written: string[] = []
  const hidden: string[] = []
  // As the API does: whatever is wrong with an answer may pass.
  const chunk: StatementApi['chunk'] = async (_id, index, { read }) => {
    try {
      return read(Object({ external_links: [{ chunk_index: index, ...link }] }))
    } catch (thrown) {
      throw new Fault(asActionError(thrown), { transient: true })
    }
  }
  const { effects, clock, told } = effectsWith([], { chunk })
  const result = {
    columns: [{ name: 'n', type: 'INT' }],
    rowCount: 1,
    chunkCount: 1,
    truncated: false,
    first: { rows: [], next: undefined },
  }
  const output = {
    format: 'csv' as const,
    finish: () => undefined,
    discard: () => undefined,
    write: (text: string) => written.push(text),
    writeBytes: () => undefined,
  }
  const own = { ...effects, origin, userAgent: 'test', hideFromLog: (secret: string) => hidden.push(secret) }
  const failure = await failureOf(() => writeLinkedRows('id-1', result, output, own))
  return { failure, hidden, written, told, passed: clock.now() }
}

test('a store that cannot be reached is asked for ten minutes, and the statement has succeeded', async () => {
  const http_headers = { 'x-key': 'a-key-of-the-customer', 'x-short': 'a' }
  const { failure, hidden, written, told, passed } = await write({
    external_link: 'https://store.example/part?signature=4711-4711',
    http_headers,
  })
  expect([failure.code, failure.message]).toEqual([
    'RESULT_GONE',
    expect.stringMatching(
      /^The statement has succeeded, .*id-1.* the proxy 127\.0\.0\.1:9, on the way to store\.example/,
    ),
  ])
  expect(passed).toBeGreaterThanOrEqual(600_000)
  expect(written).toEqual(['n\n'])
  // Known before anything is told; what is too short to be a secret would be taken for one everywhere.
  expect(new Set(hidden)).toEqual(
    new Set(['https://store.example/part?signature=4711-4711', 'signature=4711-4711', 'a-key-of-the-customer']),
  )
  expect(told.join()).not.toContain('4711')
})

test.each([
  [{}, 'RESULT_GONE'],
  [{ external_link: 'no link' }, 'RESULT_GONE'],
  [{ external_link: 'https://store.example/a', next_chunk_index: 5 }, 'RESULT_GONE'],
  [{ external_link: 'https://store.example/a', chunk_index: 3 }, 'RESULT_GONE'],
  [{ external_link: 'https://10.0.0.1/a' }, 'RESULT_INVALID'],
  [{ external_link: 'https://store.example/a', http_headers: { 'Content-Length': '5' } }, 'RESULT_INVALID'],
  [{ external_link: 'https://store.example/a', http_headers: { 'x y': '5' } }, 'RESULT_INVALID'],
])('the link %j: %s', async (link, code) => {
  expect((await write(link)).failure.code).toBe(code)
})
