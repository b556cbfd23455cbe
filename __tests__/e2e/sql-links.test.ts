import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Interceptor } from '../../sandbox/http-server.ts'
import type { RecordedAnswer } from '../../sandbox/statements.ts'
import { linkedJob, oneLinkedJob, STORE } from '../support/linked-job.ts'
import { needs } from '../support/needs.ts'
import { inRepository, readRepository } from '../support/repository.ts'
import { annotationIn, hasSqlite, rows } from '../support/sql-job.ts'

needs('bash')

const columns = [
  { name: 'i', type: 'INT' },
  { name: 'text', type: 'STRING' },
]
const values = Array.from({ length: 35 }, (_, i) => [
  String(i),
  [null, '', 'a,b', '"q"', 'é\n😀', `row ${i}`][i % 6] ?? null,
])
const recorded: RecordedAnswer[] = [{ statement: /^SELECT rows$/, answer: { columns, rows: values, seconds: 0 } }]
const loggedIn = oneLinkedJob({ recorded })
const QUERY = 'databricks-token sql --external-links --output out.csv "SELECT rows"'

const inlineResults = new Map<string, Promise<string>>()

/** What the same query writes when its result comes inline. It is run once for each format. */
function inline(format: 'csv' | 'jsonl'): Promise<string> {
  const known = inlineResults.get(format) ?? runInline(format)
  inlineResults.set(format, known)
  return known
}

async function runInline(format: 'csv' | 'jsonl'): Promise<string> {
  const { run, runner } = await linkedJob({ recorded })
  await run(`databricks-token sql --output inline.${format} "SELECT rows"`)
  return readFileSync(join(runner.workspace, `inline.${format}`), 'utf8')
}

test.each(['csv', 'jsonl'] as const)('a result by links is written as %s, as one that comes inline', async (format) => {
  const expected = await inline(format)
  const { run, runner, store, workspace, proxy } = await loggedIn()
  const step = await run(`databricks-token sql --external-links --summary --output out.${format} "SELECT rows"`)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([0, 'none'])
  expect(readFileSync(join(runner.workspace, `out.${format}`), 'utf8')).toBe(expected)
  expect(step.stderr).toContain('35 rows, ')
  expect(step.summary).toContain('| 5 | row 5 |')
  const [start] = workspace.statements()
  expect(start?.request).toMatchObject({ disposition: 'EXTERNAL_LINKS', format: 'JSON_ARRAY', wait_timeout: '0s' })
  expect(store.requests).toHaveLength(4)
  // Through the proxy, as everything else.
  const targets = proxy.connects.map(({ target, status }) => `${target} ${status}`)
  expect([...new Set(targets)]).toEqual([`${STORE}:443 200`])
})

test('nothing of ours goes to a store but the request, and the headers of the link to that link alone', async () => {
  const headers = { 'x-amz-server-side-encryption-customer-key': 'a-key-of-the-customer-4711' }
  const { run, store, workspace } = await linkedJob({ recorded }, { headers })
  const step = await run(QUERY)
  expect(step.exitCode).toBe(0)
  for (const { headers: sent, method, host } of store.requests) {
    expect([method, host]).toEqual(['GET', STORE])
    expect(Object.keys(sent).sort()).toEqual(
      ['accept', 'connection', 'host', 'user-agent', ...Object.keys(headers)].sort(),
    )
  }
  expect(JSON.stringify(workspace.requests.map(({ headers: sent }) => sent))).not.toContain('4711')
})

test.skipIf(!hasSqlite)('a result over 25 MiB is no reason to fail, and one without rows is a head', async () => {
  const { run, runner } = await linkedJob({ rowsPerChunk: 1000 })
  const large = await run(
    `databricks-token sql --external-links --output o.csv "SELECT printf('%26214401d', 1) AS x"; wc -c < o.csv`,
  )
  expect([large.exitCode, Number(large.stdout) > 26_214_401]).toEqual([0, true])
  writeFileSync(join(runner.workspace, 'q.sql'), `${rows(5)} LIMIT 0`)
  const none = await run('databricks-token sql --external-links --file q.sql --output o.csv; cat o.csv')
  expect([none.exitCode, none.stdout.trim()]).toEqual([0, 'i,name'])
})

test.each([
  '--external-links "SELECT 1"',
  '--external-links --format csv "SELECT 1"',
  '--external-links --output o.md "SELECT 1"',
  '--external-links --output o.txt --format value "SELECT 1"',
])('sql %s: exit 2, and nothing is run', async (words) => {
  const { run, workspace } = await loggedIn()
  const step = await run(`databricks-token sql ${words} || exit $?`)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([2, 'SQL_CALL_INVALID'])
  expect(workspace.statements()).toEqual([])
})

type Response = Parameters<Interceptor>[1]

// Of the second part.
const begun = JSON.stringify(values.slice(10, 12)).slice(0, -1)

describe('what goes wrong with a store passes', () => {
  test.each<[string, (response: Response) => unknown]>([
    ['503', (response) => response.writeHead(503).end('<Error>SlowDown</Error>')],
    ['404', (response) => response.writeHead(404).end()],
    ['a redirect', (response) => response.writeHead(307, { location: 'https://elsewhere.example/' }).end()],
    ['HTML', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['an answer that breaks off', (response) => breakOff(response)],
    ['an answer that is cut', (response) => response.end(`${begun},["12","a,`)],
    ['a compressed answer', (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')],
    ['a row of another width', (response) => response.end(`${begun},["12"]]`)],
  ])('%s', async (_, fail) => {
    const { run, runner, store } = await loggedIn()
    let count = 0
    store.server.before = (_raw, response) => {
      if (count++ !== 1) return false
      fail(response)
      return true
    }
    const step = await run(QUERY)
    expect([step.exitCode, annotationIn(step.stderr)]).toEqual([0, 'none'])
    expect(readFileSync(join(runner.workspace, 'out.csv'), 'utf8')).toBe(await inline('csv'))
    expect(count).toBe(5)
  })

  function breakOff(response: Response): void {
    response.writeHead(200, { 'content-length': 4000 }).write(`${begun},["12",`)
    setTimeout(() => response.destroy(), 100)
  }

  test('rows that were written when it broke off are passed over', async () => {
    const { run, store } = await loggedIn()
    let count = 0
    store.server.before = (_raw, response) => {
      if (count++ !== 1) return false
      breakOff(response)
      return true
    }
    const step = await run(QUERY)
    expect([step.exitCode, annotationIn(step.stderr)]).toEqual([0, 'none'])
    expect(step.stderr).toContain('It is fetched again, and the 2 rows that came are passed over.')
  })
})

const isLink = ({ path }: { path: string }) => /\/result\/chunks\/\d+$/.test(path)

test('a link that has ended is asked for anew, after 403 and where less than 60 s are left', async () => {
  const refused = await loggedIn()
  let count = 0
  refused.store.server.before = () => {
    // The links of the first and the second part are there by now.
    if (count++ === 0) refused.store.expire()
    return false
  }
  const step = await refused.run(QUERY)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([0, 'none'])
  // Four parts, and a link more for each that was refused.
  expect(refused.workspace.requests.filter(isLink).length).toBeGreaterThan(4)
  const short = await linkedJob({ recorded }, { seconds: 50 })
  expect((await short.run(QUERY)).exitCode).toBe(0)
  expect(short.workspace.requests.filter(isLink)).toHaveLength(8)
})

/** Makes a workspace tell other links than those that it has. */
async function runWith(change: (link: Record<string, unknown>) => object) {
  const { run, workspace, store, job } = await loggedIn()
  workspace.server.before = (raw, response) => {
    if (!isLink({ path: raw.url ?? '' })) return false
    const rowsOf = JSON.stringify(values.slice(0, 10))
    const link = { chunk_index: 0, row_count: 10, next_chunk_index: 1, ...store.publish(rowsOf) }
    const body = JSON.stringify({ external_links: [{ ...link, ...change(link) }] })
    response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    return true
  }
  const step = await run(`${QUERY} || exit $?`)
  return { step, store, job }
}

test.each([
  ['http', (url: string) => url.replace('https:', 'http:')],
  ['another port', (url: string) => url.replace('.example/', '.example:8443/')],
  ['an address', (url: string) => url.replace(STORE, '10.0.0.7')],
  ['an address as a number', (url: string) => url.replace(STORE, '2130706433')],
  ['an address of IPv6', (url: string) => url.replace(STORE, '[::1]')],
  ['localhost', (url: string) => url.replace(STORE, 'localhost')],
  ['a name under localhost', (url: string) => url.replace(STORE, 'x.localhost.')],
  ['a name and a password', (url: string) => url.replace(STORE, `me:secret@${STORE}`)],
])('a link to %s is refused, and asked for nothing', async (_, elsewhere) => {
  const { step, store } = await runWith(({ external_link: url }) => ({ external_link: elsewhere(String(url)) }))
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_INVALID'])
  expect(step.stderr).toMatch(/A link to a part of the result .* The statement has run, and succeeded/)
  expect(store.requests).toEqual([])
})

test.each([
  ['a header that is not for it to set', { http_headers: { Host: 'elsewhere.example' } }],
  ['a header of two lines', { http_headers: { 'x-a': 'a\r\nx-b: b' } }],
  ['fewer rows than come', { row_count: 9 }],
  ['more rows than come', { row_count: 11 }],
])('a link with %s is refused', async (_, change) => {
  const { step } = await runWith(() => change)
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_INVALID'])
})

test('fewer rows than the manifest announces are an error, and leave no file', async () => {
  const { step } = await runWith(() => ({ next_chunk_index: null }))
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_INVALID'])
  expect(step.stderr).toContain('35 rows were announced, and 10 came.')
})

test('neither a link nor its headers are printed, whatever happens', async () => {
  const headers = { 'x-amz-server-side-encryption-customer-key': 'a-key-of-the-customer-4711' }
  const { run, store, workspace } = await linkedJob({ recorded }, { headers })
  let count = 0
  store.server.before = (raw, response) => {
    if (count++ !== 1) return false
    // A store quotes what it was asked.
    response.writeHead(503, { 'x-asked': raw.url ?? '' }).end(`${raw.url} ${JSON.stringify(raw.headers)}`)
    return true
  }
  let asked = 0
  workspace.server.before = (raw, response) => {
    if (!raw.url?.includes('/chunks/3')) return false
    // An answer that quotes a link of before, as that of a proxy may; the second ends the call.
    // The first is that of the state, which nobody reads.
    const [, { external_link: link } = { external_link: '' }] = store.links
    const text = `${link} ${Object.values(headers)}`
    const json = { 'content-type': 'application/json' }
    if (asked++ === 0) response.writeHead(200, { 'content-type': `text/x ${text}` }).end(text)
    else response.writeHead(404, json).end(JSON.stringify({ error_code: 'GONE', message: text }))
    return true
  }
  const step = await run(`${QUERY} || exit $?`, { RUNNER_DEBUG: '1' })
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([1, 'RESULT_GONE'])
  expect([count, asked]).toEqual([4, 2])
  const secrets = store.links.flatMap(({ external_link: link }) => [new URL(link).pathname, new URL(link).search])
  for (const secret of [...secrets, ...Object.values(headers)]) expect(step.log).not.toContain(secret)
  // Nor masked: the runner would print a mask line that it misses.
  expect(step.stderr.match(/add-mask/g)).toHaveLength(1)
})

test('a certificate of another name, or of nobody, is asked for nothing', async () => {
  const { run, store } = await loggedIn()
  const step = await run(`timeout --signal INT 4 ${QUERY} || exit $?`, { NODE_EXTRA_CA_CERTS: '' })
  expect([step.exitCode, annotationIn(step.stderr)]).toEqual([124, 'STATEMENT_CANCELED'])
  expect(step.stderr).toContain(`Download of the result: no secure connection to ${STORE}`)
  expect(step.stderr).toContain('while it read the result of a statement that has succeeded')
  expect(store.requests).toEqual([])
})

test('what knows links is in chunks that are loaded for them alone', () => {
  const chunks = readdirSync(inRepository('dist', 'command')).filter((name) => name.endsWith('.js'))
  const own = chunks.filter((name) => readRepository('dist', 'command', name).includes('external_link:'))
  expect(own).toHaveLength(1)
  const [name = ''] = own
  expect(readRepository('dist', 'command', name)).not.toContain('/api/2.0/sql/statements')
  expect(existsSync(inRepository('dist', 'main', name))).toBe(false)
})
