import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { asActionError } from '../src/errors.ts'
import { explain } from '../src/explain/refusal.ts'
import { explainedFailure } from '../src/explain/rendering.ts'
import { TOKEN_ANSWER } from '../src/federation/access-token.ts'
import { SUBJECT_CLAIMS } from '../src/federation/disclosed-claims.ts'
import { SERVER_METADATA } from '../src/federation/discovery.ts'
import { TOKEN_ERROR } from '../src/federation/exchange.ts'
import { federate } from '../src/federation/federate.ts'
import { API_ERROR, askPrincipal, PRINCIPAL_ANSWER } from '../src/federation/principal.ts'
import { ACCESS_CLAIMS, peekAccessToken } from '../src/federation/subject-token.ts'
import { HOST_CONFIG } from '../src/federation/unified-host.ts'
import { compareWhereabouts, INTROSPECTION_ANSWER } from '../src/federation/whereabouts.ts'
import { parseHost } from '../src/host.ts'
import type { HttpRequest, Send } from '../src/http/request.ts'
import type { Members } from '../src/json.ts'
import { commandLog } from '../src/runner/command-log.ts'
import { ID_TOKEN_ANSWER, requestIdToken } from '../src/runner/id-token.ts'
import { stepLog } from '../src/runner/log.ts'
import { outputsOf } from '../src/runner/publish.ts'
import { ERROR_ANSWER, WAREHOUSES_ANSWER } from '../src/warehouse/api.ts'
import { LINKED_CHUNK } from '../src/warehouse/external-links.ts'
import { runSql } from '../src/warehouse/run.ts'
import { CHUNK, STATEMENT_ANSWER } from '../src/warehouse/statement-response.ts'
import { commandsIn } from './faults/sinks.ts'
import { jumpingClock } from './support/jumping-clock.ts'
import { unverifiableJwt } from './support/jwt.ts'
import { inRepository, readRepository } from './support/repository.ts'

const inAnHour = Math.floor(Date.now() / 1000) + 3600
const host = parseHost('https://dbc-1a2b3c4d-5e6f.cloud.databricks.com')
const unified = parseHost('https://octo.databricks.com')
const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

type Document = Readonly<Record<string, unknown>>

const subjectClaims: Document = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:prod',
  aud: accountId,
  exp: inAnHour,
  repository: 'octo-org/octo-repo',
  environment: 'prod',
  event_name: 'push',
}
const accessClaims: Document = {
  iss: `${host.origin}/oidc`,
  sub: 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71',
  exp: inAnHour,
}

const statement = (state: string): Document => ({
  statement_id: 'id-1',
  status: { state, ...(state === 'FAILED' ? { error: { error_code: 'BAD_REQUEST', message: 'No.' } } : {}) },
})
const succeeded: Document = {
  ...statement('SUCCEEDED'),
  manifest: {
    schema: { columns: [{ name: 'n', type_name: 'STRING', type_text: 'STRING' }] },
    total_row_count: 2,
    total_chunk_count: 2,
    truncated: false,
  },
  result: { chunk_index: 0, next_chunk_index: 1, data_array: [['1']] },
}

/** An answer that is read, as a healthy server gives it, and in which way of a call it comes. */
interface Answer {
  name: string
  members: Members
  healthy: Document
  status: number
  /** Whether it answers this request. */
  isTo: (request: HttpRequest) => boolean
  by: (send: Send) => Promise<Seen>
  /** Where the document is the payload of a JWT, the answer that carries it. */
  carriedBy?: (jwt: string) => Document
}

const endsIn =
  (end: string) =>
  ({ url }: HttpRequest) =>
    url.pathname.endsWith(end)
const isStart = ({ method, url }: HttpRequest) => method === 'POST' && url.pathname.endsWith('/statements')
const isQuestion = ({ method, url }: HttpRequest) => method === 'GET' && /\/statements\/[^/]+$/.test(url.pathname)

// No result is whole here, so that there is no file.
const unwritten = join(tmpdir(), `${randomUUID()}.csv`)

const answers: Answer[] = [
  {
    name: 'the ID token',
    members: ID_TOKEN_ANSWER,
    healthy: { value: unverifiableJwt(subjectClaims) },
    ...at('/idtoken'),
  },
  {
    name: 'the claims of the ID token',
    members: SUBJECT_CLAIMS,
    healthy: subjectClaims,
    ...at('/idtoken'),
    carriedBy: (value) => ({ value }),
  },
  ...[400, 401].map((status) => ({
    name: `a refusal (${status})`,
    members: TOKEN_ERROR,
    healthy: { error: 'invalid_grant' },
    ...at('/v1/token'),
    status,
  })),
  ...[400, 403, 404, 500].map((status) => ({
    name: `a refusal (${status})`,
    members: TOKEN_ERROR,
    healthy: { error: 'invalid_client' },
    ...at('/v1/token'),
    status,
  })),
  {
    name: 'a refused scope',
    members: TOKEN_ERROR,
    healthy: { error: 'invalid_scope' },
    ...at('/v1/token'),
    status: 400,
  },
  {
    name: 'the metadata',
    members: SERVER_METADATA,
    ...at('/oauth-authorization-server'),
    healthy: { issuer: `${host.origin}/oidc`, token_endpoint: `${host.origin}/oidc/v1/token` },
  },
  {
    name: 'the configuration',
    members: HOST_CONFIG,
    ...at('/databricks-config'),
    by: logInTo(unified),
    healthy: { oidc_endpoint: `${unified.origin}/oidc`, account_id: accountId, workspace_id: '7' },
  },
  {
    name: 'the access token',
    members: TOKEN_ANSWER,
    ...at('/v1/token'),
    healthy: { access_token: unverifiableJwt(accessClaims), token_type: 'Bearer', expires_in: 300, scope: 'all-apis' },
  },
  {
    name: 'the claims of the access token',
    members: ACCESS_CLAIMS,
    healthy: accessClaims,
    ...at('/v1/token'),
    carriedBy: (access_token) => ({ access_token, token_type: 'Bearer', expires_in: 300 }),
  },
  {
    name: 'account and workspace',
    members: INTROSPECTION_ANSWER,
    ...at('/introspect'),
    healthy: { principal_context: { authentication_scope: { account_id: accountId, workspace_id: '7' } } },
  },
  { name: 'the principal', members: PRINCIPAL_ANSWER, healthy: { userName: 'me' }, ...at('/Me') },
  ...[400, 401, 403, 404].map((status) => ({
    name: `no principal (${status})`,
    members: API_ERROR,
    healthy: { message: 'No scope.' },
    ...at('/Me'),
    status,
  })),
  { name: 'a start', members: STATEMENT_ANSWER, healthy: statement('PENDING'), ...sql(isStart) },
  ...['SUCCEEDED', 'CLOSED', 'FAILED', 'CANCELED'].map((state) => ({
    name: `a statement that is ${state}`,
    members: STATEMENT_ANSWER,
    ...sql(isQuestion),
    healthy: state === 'SUCCEEDED' || state === 'CLOSED' ? { ...succeeded, status: { state } } : statement(state),
  })),
  {
    name: 'a chunk',
    members: CHUNK,
    healthy: { chunk_index: 1, data_array: [['2']] },
    ...sql(endsIn('/result/chunks/1')),
  },
  {
    name: 'a chunk in cloud storage',
    members: LINKED_CHUNK,
    healthy: {
      external_links: [
        {
          chunk_index: 0,
          next_chunk_index: 1,
          row_count: 1,
          expiration: '2099-01-01T00:00:00Z',
          external_link: 'https://bucket.store.example/part?signature=1',
          http_headers: { 'x-key': 'a-key' },
        },
      ],
    },
    ...sql(({ url }) => url.pathname.includes('/result/chunks/')),
    by: runQuery({ DATABRICKS_WAREHOUSE_ID: 'w' }, ['--external-links', '--output', unwritten]),
  },
  ...[400, 403, 404, 501].flatMap((status) => {
    const answer = { members: ERROR_ANSWER, healthy: { error_code: 'DENIED', message: 'No.' }, ...sql(isStart), status }
    return [
      { name: `a refused start (${status})`, ...answer },
      { name: `a refused answer (${status})`, ...answer, isTo: isQuestion },
    ]
  }),
  {
    name: 'the warehouses',
    members: WAREHOUSES_ANSWER,
    ...sql(endsIn('/warehouses')),
    by: runQuery({}),
    healthy: { warehouses: [{ id: 'w', name: 'One' }] },
  },
]

function at(end: string) {
  return { status: 200, isTo: endsIn(end), by: logInTo(host) }
}

function sql(isTo: Answer['isTo']) {
  return { status: 200, isTo, by: runQuery({ DATABRICKS_WAREHOUSE_ID: 'w' }) }
}

/** All that somebody could read of a call. */
interface Seen {
  /** As the runner reads it, and obeys it. */
  log: string
  /** Outside of a workflow, where a line that begins with `::` may come to be one of a log. */
  plain: string
  /** Values that later steps put into commands. */
  outputs: string[]
}

let reached = 0

/** Answers as a healthy server but for one request. */
function sendWith(answer: Answer, document: Document): Send {
  const bodyOf = (request: HttpRequest) => {
    if (!answer.isTo(request))
      return JSON.stringify(answers.find((one) => isHealthy(one) && one.isTo(request))?.healthy)
    reached++
    return JSON.stringify(answer.carriedBy?.(unverifiableJwt(document)) ?? document)
  }
  return async (make) => {
    const request = await make()
    const status = answer.isTo(request) ? answer.status : 200
    return { request, status, contentType: 'application/json', body: bodyOf(request) }
  }
}

const isHealthy = ({ status, name, carriedBy }: Answer) =>
  status === 200 && carriedBy === undefined && !/FAILED|CANCELED|CLOSED/.test(name)

function logInTo(place: typeof host) {
  return async (send: Send): Promise<Seen> => {
    let printed = ''
    const log = stepLog({ RUNNER_DEBUG: '1', GITHUB_STEP_SUMMARY: '' }, (text) => {
      printed += text
    })
    const service = { url: new URL('https://runner.example/idtoken'), requestToken: 'request-token-8f1d5c3b7a' }
    const options = { host: place, accountId, scope: 'sql', onExchangeFailure: 'fail', timeoutSeconds: 60 } as const
    const now = () => Date.now() / 1000
    const effects = {
      ...log,
      send,
      now,
      requestIdToken: (audience: string) => requestIdToken(service, { audience, send, mask: log.mask }),
    }
    const outputs: string[] = []
    try {
      const login = await federate(options, effects)
      outputs.push(...Object.values(outputsOf(login, now())))
      const { accessToken, workspaceId, scope, subject = '' } = login
      const principal = await askPrincipal(send, { host: place, accessToken, workspaceId, scope, warning: log.warning })
      outputs.push(principal ?? '')
      await compareWhereabouts(send, {
        host: { ...place, workspaceId: '7' },
        accessToken,
        accountId,
        workspaceId,
        notice: log.notice,
      })
      log.info(`Logged in as ${principal ?? peekAccessToken(accessToken).subject} for ${subject}.`)
    } catch (thrown) {
      const failure = asActionError(thrown)
      const circumstances = { undeclared: [], eventName: 'push', clockSkewSeconds: 0, now: now() }
      const explanation = explain(failure, options, circumstances)
      log.fail(explanation === undefined ? failure : explainedFailure(failure, explanation))
    }
    return { log: printed, plain: '', outputs }
  }
}

function runQuery(environment: NodeJS.ProcessEnv, options: readonly string[] = []) {
  return async (send: Send): Promise<Seen> => {
    const run = async (inWorkflow: boolean) => {
      let printed = ''
      const print = (text: string) => {
        printed += text
      }
      const { info, fail } = commandLog(inWorkflow ? { GITHUB_ACTIONS: 'true' } : {}, print)
      await runSql([...options, 'SELECT n FROM t'], {
        withCause: async (failure) => failure,
        origin: host.origin,
        workspaceId: undefined,
        environment,
        send,
        sendFresh: send,
        print,
        info,
        fail,
        token: async () => 'a-token',
        stdoutIsFile: false,
        inWorkflow,
        summarize: () => true,
        page: () => true,
        signal: new AbortController().signal,
        clock: jumpingClock(),
        canRenew: true,
        throughCmd: false,
        userAgent: 'test',
        hideFromLog: () => undefined,
      })
      return printed
    }
    return { log: await run(true), plain: await run(false), outputs: [] }
  }
}

type Path = readonly (string | number)[]

/** Where a value stands in an answer with these members. */
function pathsOf(members: Members): Path[] {
  return Object.entries(members).flatMap(([name, within]): Path[] => {
    if (within === true) return [[name]]
    const inside = Array.isArray(within) ? pathsOf(within[0]).map((path) => [0, ...path]) : pathsOf(within as Members)
    return [[name], ...inside.map((path) => [name, ...path])]
  })
}

function valueAt(document: unknown, [first, ...rest]: Path): unknown {
  return first === undefined ? document : valueAt(Object(document)[first], rest)
}

/** The document with another value at a place, which may not have been there. */
function withValue(document: unknown, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value
  if (typeof first === 'number') return [withValue(Object(document)[first], rest, value)]
  return { ...Object(document), [first]: withValue(Object(document)[first], rest, value) }
}

const LONG = 'w'.repeat(8192)
const commands = [
  '\n::error::x',
  '\r::stop-commands::x\r\n::set-output name=x::y',
  '\u2028::add-mask::e\u0085\x1b[31m\u202e',
  '##[error]x',
]
const hostile = `::warning::w${commands.join('')}\n::debug::x`
const textsFor = (value: unknown): unknown[] => {
  const own = ['string', 'number'].includes(typeof value) ? String(value) : ''
  // A list of rows, or of audiences.
  const lists = [[hostile], [[hostile]], [[LONG]]]
  return [hostile, LONG, `${own}${hostile}`, `${own}${LONG}`, ...lists]
}

const controls = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
// A secret is masked as it is, whatever it is, in one line.
const linesOf = (text: string) => text.split('\n').filter((line) => !line.startsWith('::add-mask::'))

/** What is wrong with what could be read of a call. */
function problemsOf({ log, plain, outputs }: Seen, mostCharacters = 500): string[] {
  const printed = [...linesOf(log), ...linesOf(plain)]
  const { error = 0, warning, notice, debug, 'add-mask': masks, ...others } = commandsIn(log)
  const problems: [isThere: boolean, problem: string][] = [
    [printed.some((line) => controls.test(line)), 'a control character'],
    [outputs.some((value) => controls.test(value) || value.includes('\n')), 'an output of more than a line'],
    [error > 1 || Object.keys(others).length > 0, 'a command'],
    [printed.some((line) => /^::(error|warning|notice|debug)::(x|w)/.test(line)), 'a line of its own'],
    [/^\s*::|##\[/m.test(plain), 'a command outside of a workflow'],
    [printed.some((line) => line.includes('w'.repeat(mostCharacters + 1))), `more than ${mostCharacters} characters`],
  ]
  return problems.filter(([isThere]) => isThere).map(([, problem]) => problem)
}

// The one exception, which docs/security.md names: where an error of SQL is, its lines and columns show.
const mostCharactersOf = ({ name }: Answer) => (name.includes('FAILED') ? 4096 : 500)

beforeEach(() => {
  reached = 0
  // Nobody is there: a link of an answer leads nowhere.
  vi.stubEnv('https_proxy', 'http://127.0.0.1:9')
})

describe.each(answers.map((answer) => [answer.name, answer] as const))('%s', (_name, answer) => {
  test('is read as it should be', async () => {
    expect(problemsOf(await answer.by(sendWith(answer, answer.healthy)))).toEqual([])
    expect(reached).toBeGreaterThan(0)
  })

  test('with hostile text in each of its members is one short line, or nothing', async () => {
    const tried = pathsOf(answer.members).flatMap((path) =>
      textsFor(valueAt(answer.healthy, path)).map(async (value) => {
        const document = Object(withValue(answer.healthy, path, value))
        const problems = problemsOf(await answer.by(sendWith(answer, document)), mostCharactersOf(answer))
        return problems.map((problem) => `${path.join('.')} ← ${JSON.stringify(value).slice(0, 60)}: ${problem}`)
      }),
    )
    expect((await Promise.all(tried)).flat()).toEqual([])
    expect(reached).toBeGreaterThanOrEqual(tried.length)
  })
})

const sources = readdirSync(inRepository('src'), { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, source: readRepository('src', file) }))

// The type of what is read has these members alone.
test('no answer is read whose members are not tried here', () => {
  const own = readRepository('__tests__', 'hostile-answers.test.ts')
  const named = sources.flatMap(({ source }) => [
    ...source.matchAll(/^(?:export )?const ([A-Z_]+) = \{[^='"]*?: true\b/gm),
  ])
  const names = named.map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(10)
  // A part of SUBJECT_CLAIMS, and a file that the runner wrote.
  const others = ['TEXTS', 'EVENT']
  expect(names.filter((name) => !others.includes(name) && !own.includes(`members: ${name},`))).toEqual([])
  const inPlace = /\b(?:jsonObject|readMembers|membersIn)\([^;]*?\{[^;}]*: true/
  expect(sources.filter(({ source }) => inPlace.test(source)).map(({ file }) => file)).toEqual([])
})

test('JSON is parsed in these files alone', () => {
  const files = sources.filter(({ source }) => source.includes('JSON.parse(')).map(({ file }) => file)
  expect(files.sort()).toEqual([
    // An explanation, of texts that are ours.
    'explain/rendering.ts',
    'http/json-answer.ts',
    'json.ts',
    // What this action has kept.
    'store/atomic-files.ts',
    // Whether a value is JSON.
    'warehouse/row-formats.ts',
    // A value with escapes, of a row that was scanned.
    'warehouse/row-page.ts',
    // The values of such a row, for the summary, and for csv where a row cannot be copied.
    'warehouse/row-scanner.ts',
  ])
})
