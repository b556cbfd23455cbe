import type { Case } from '../../sandbox/faults/cases.ts'
import type { Leg } from '../../sandbox/faults/leg.ts'
import type { FailureCode } from '../../src/errors.ts'
import { MAX_FAULTS } from '../../src/http/retry.ts'

/** What issue and documentation promise of a case, written down without a look at the code but for its number. */
export interface Expected {
  /** Undefined: it logs in. */
  code: FailureCode | undefined
  /** Attempts at the leg; a smallest and a largest number where time decides. */
  attempts: number | readonly [number, number]
  /** Whether the fixed token endpoint takes the place of the metadata. */
  fixedEndpoint: boolean
}

// Faults after which the same request is sent again, with the code if none succeeds.
const passing: Readonly<Record<string, FailureCode>> = {
  'connection refused': 'NETWORK_FAILED',
  'reset before the answer': 'NETWORK_FAILED',
  'reset during the answer': 'NETWORK_FAILED',
  'closed without an answer': 'NETWORK_FAILED',
  truncated: 'NETWORK_FAILED',
  'truncated between chunks': 'NETWORK_FAILED',
  'proxy dies in the tunnel': 'NETWORK_FAILED',
  'proxy dies before the tunnel': 'PROXY_FAILED',
  'proxy answers 502': 'PROXY_FAILED',
  '408': 'SERVER_UNAVAILABLE',
  '500': 'SERVER_UNAVAILABLE',
  '502': 'SERVER_UNAVAILABLE',
  '503': 'SERVER_UNAVAILABLE',
  '504': 'SERVER_UNAVAILABLE',
}

const untilTheEnd: Readonly<Record<string, readonly [FailureCode, number, number]>> = {
  'headers never come': ['TIMED_OUT', 2, MAX_FAULTS],
  'body stalls': ['TIMED_OUT', 2, MAX_FAULTS],
  'protocol switched (101)': ['TIMED_OUT', 2, MAX_FAULTS],
  'proxy never answers': ['TIMED_OUT', 2, MAX_FAULTS],
  // More often than any other fault: only time bounds it.
  '429': ['SERVER_UNAVAILABLE', 5, 20],
  '429, Retry-After: 1': ['SERVER_UNAVAILABLE', 2, 3],
  '429, Retry-After: a date': ['SERVER_UNAVAILABLE', 2, 20],
}

const tooLate = ['429, Retry-After: an hour', '503, Retry-After: an hour']

// The whole host is away, so that the exchange fails, too.
const hostIsAway = ['connection refused', 'proxy dies in the tunnel', 'proxy never answers']

const refusals: Readonly<Record<string, Readonly<Record<Leg, FailureCode>>>> = {
  '400': { 'ID token': 'ID_TOKEN_REFUSED', metadata: 'METADATA_REFUSED', exchange: 'EXCHANGE_REFUSED' },
  '401': { 'ID token': 'ID_TOKEN_REFUSED', metadata: 'METADATA_REFUSED', exchange: 'EXCHANGE_REFUSED' },
  '403': { 'ID token': 'ID_TOKEN_REFUSED', metadata: 'METADATA_REFUSED', exchange: 'EXCHANGE_FORBIDDEN' },
  '404': { 'ID token': 'ID_TOKEN_REFUSED', metadata: 'METADATA_REFUSED', exchange: 'EXCHANGE_NOT_FOUND' },
}

const sameEverywhere: Readonly<Record<string, FailureCode>> = {
  'body without end': 'ANSWER_INVALID',
  'not HTTP': 'ANSWER_INVALID',
  'gzip that nobody asked for': 'ANSWER_INVALID',
  'TLS: unknown authority': 'TLS_FAILED',
  'TLS: wrong name': 'TLS_FAILED',
  'proxy answers 407': 'PROXY_FAILED',
}

function invalidDocument(name: string, leg: Leg): FailureCode {
  if (leg === 'metadata') return 'METADATA_INVALID'
  if (leg === 'exchange') return 'EXCHANGE_INVALID'
  const isObject = name === '{}' || name.startsWith('nested') || name.startsWith('value is')
  return isObject ? 'ID_TOKEN_REFUSED' : 'ANSWER_INVALID'
}

// Metadata that cannot be read at this time is done without.
function unreadable({ fault, leg }: Case, code: FailureCode, attempts: Expected['attempts']): Expected {
  const isTransport = ['NETWORK_FAILED', 'TIMED_OUT', 'SERVER_UNAVAILABLE'].includes(code)
  const fixedEndpoint = leg === 'metadata' && isTransport
  const fails = !fixedEndpoint || hostIsAway.includes(fault.name)
  return { code: fails ? code : undefined, attempts, fixedEndpoint }
}

/** What is promised of a case. */
export function expectedOf(one: Case): Expected {
  const { fault, leg, repetition } = one
  const { name } = fault
  const succeeds = (attempts: number): Expected => ({ code: undefined, attempts, fixedEndpoint: false })
  const fails = (code: FailureCode, attempts = 1): Expected => ({ code, attempts, fixedEndpoint: false })

  if (tooLate.includes(name)) return unreadable(one, 'SERVER_UNAVAILABLE', 1)
  const lasting = untilTheEnd[name]
  if (lasting !== undefined) {
    const [code, fewest, most] = lasting
    return repetition === 'once' ? succeeds(2) : unreadable(one, code, [fewest, most])
  }
  const code = passing[name]
  if (code !== undefined) return repetition === 'once' ? succeeds(2) : unreadable(one, code, MAX_FAULTS)
  const refusal = refusals[name]
  if (refusal !== undefined) {
    if (name === '404' && leg === 'metadata') return { ...succeeds(1), fixedEndpoint: true }
    // One request a candidate audience, of which there are two.
    if (refusal[leg] === 'EXCHANGE_REFUSED') return repetition === 'once' ? succeeds(2) : fails(refusal[leg], 2)
    return fails(refusal[leg])
  }
  if (name.endsWith('to another host')) return fails('REDIRECTED')
  return fails(sameEverywhere[name] ?? invalidDocument(name, leg))
}
