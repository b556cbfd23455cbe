import { gzipSync } from 'node:zlib'
import { echo, type Fault, type Misbehaviour, misbehaving } from './fault.ts'
import type { Leg } from './leg.ts'

const answer =
  (body: string | Buffer, headers: Record<string, string> = {}): Misbehaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body)
  }

const NESTING = 100_000
const nested = `{"nested": ${'['.repeat(NESTING)}${']'.repeat(NESTING)}}`

// The members that a login reads, as a host of this origin would answer.
const members = (origin: string): Readonly<Record<Leg, Readonly<Record<string, unknown>>>> => ({
  'ID token': { value: 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
  metadata: { issuer: `${origin}/oidc`, token_endpoint: `${origin}/oidc/v1/token` },
  exchange: { access_token: 'opaque-access-token', token_type: 'Bearer', expires_in: 300, scope: 'all-apis' },
})

const wrongValues: readonly (readonly [string, unknown])[] = [
  ['a number', 17],
  ['true', true],
  ['null', null],
  ['an array', ['x']],
  ['an object', { x: 1 }],
]

function wrongTypes(leg: Leg): Fault[] {
  return Object.keys(members('')[leg]).flatMap((member) =>
    wrongValues
      // A lifetime is a number.
      .filter(([, value]) => member !== 'expires_in' || typeof value !== 'number')
      .map(([kind, value]) => {
        const misbehave: Misbehaviour = (response, situation) => {
          const { [leg]: right } = members(situation.request.url.origin)
          answer(JSON.stringify({ ...right, [member]: value }))(response, situation)
        }
        return misbehaving(`${member} is ${kind}`, misbehave, { legs: [leg], row: `\`${member}\`` })
      }),
  )
}

const page: Misbehaviour = (response, situation) => {
  const text = `<!doctype html><title>Sign in</title><pre>${echo(situation)}</pre>`
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text)
}

/** Answers with status 200 that are none. */
export const documentFaults: readonly Fault[] = [
  misbehaving('HTML with 200', page),
  misbehaving('HTML that is called JSON', answer('<!doctype html><title>Sign in</title>')),
  misbehaving('empty', answer('')),
  misbehaving('no content type', (response) => response.writeHead(200).end('{}')),
  misbehaving('null', answer('null')),
  misbehaving('[]', answer('[]')),
  misbehaving('{}', answer('{}')),
  misbehaving('nested 100,000 deep', answer(nested)),
  misbehaving(
    'UTF-16',
    answer(Buffer.from('{"value": "x"}', 'utf16le'), {
      'content-type': 'application/json; charset=utf-16le',
    }),
  ),
  misbehaving('gzip that nobody asked for', answer(gzipSync('{}'), { 'content-encoding': 'gzip' })),
]

/** A wrong type of each member that a login reads. */
export const typeFaults: readonly Fault[] = [
  ...wrongTypes('ID token'),
  ...wrongTypes('metadata'),
  ...wrongTypes('exchange'),
]
