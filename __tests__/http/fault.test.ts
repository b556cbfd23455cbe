import { expect, test, vi } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { Fault, faultOf } from '../../src/http/fault.ts'

const request = {
  purpose: 'Token exchange',
  method: 'POST',
  url: new URL('https://x.example/token'),
} as const
const withCode = (code: string) => Object.assign(new Error('text with a secret'), { code })

test.each([
  ['ECONNRESET', 'NETWORK_FAILED', true],
  ['ECONNREFUSED', 'NETWORK_FAILED', true],
  ['EPIPE', 'NETWORK_FAILED', true],
  ['ETIMEDOUT', 'NETWORK_FAILED', true],
  ['ECONNABORTED', 'NETWORK_FAILED', true],
  ['EHOSTUNREACH', 'NETWORK_FAILED', true],
  ['ENETUNREACH', 'NETWORK_FAILED', true],
  ['ENETDOWN', 'NETWORK_FAILED', true],
  ['ERR_STREAM_PREMATURE_CLOSE', 'NETWORK_FAILED', true],
  // Only at its beginning does a code say what it is about.
  ['ERR_X_CERT_', 'NETWORK_FAILED', false],
  ['NO_HPE_', 'NETWORK_FAILED', false],
  ['EAI_AGAIN', 'NETWORK_FAILED', true],
  ['ENOTFOUND', 'HOST_NOT_FOUND', false],
  ['ERR_INVALID_CHAR', 'NETWORK_FAILED', false],
  ['HPE_INVALID_CONSTANT', 'ANSWER_INVALID', false],
  ['EPROTO', 'TLS_FAILED', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_FAILED', false],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS_FAILED', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_FAILED', false],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_FAILED', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_FAILED', false],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'TLS_FAILED', false],
  ['CERT_HAS_EXPIRED', 'TLS_FAILED', false],
  ['CERT_REVOKED', 'TLS_FAILED', false],
  ['INVALID_PURPOSE', 'TLS_FAILED', false],
])('%s is %s', (code, expected, transient) => {
  const fault = faultOf(withCode(code), request)
  expect([fault.failure.code, fault.transient]).toEqual([expected, transient])
  expect(fault.failure.message).toContain(code)
  expect(JSON.stringify(fault)).not.toContain('secret')
})

const tunnel = 'tunneling socket could not be established, '

test.each([
  [`${tunnel}statusCode=407`, 'PROXY_FAILED', false, 'answered 407'],
  [`${tunnel}statusCode=403`, 'PROXY_FAILED', false, 'answered 403'],
  [`${tunnel}statusCode=501`, 'PROXY_FAILED', false, 'answered 501'],
  [`${tunnel}statusCode=502`, 'PROXY_FAILED', true, 'answered 502'],
  [`${tunnel}statusCode=429`, 'PROXY_FAILED', true, 'answered 429'],
  [`${tunnel}cause=connect ECONNREFUSED 10.0.0.1:3128`, 'PROXY_FAILED', true, 'broke off (ECONNREFUSED)'],
  [`${tunnel}cause=self-signed certificate`, 'TLS_FAILED', false, 'proxy'],
  [`${tunnel}cause=Hostname/IP does not match certificate's altnames`, 'TLS_FAILED', false, 'proxy'],
  ['got illegal response body from proxy', 'PROXY_FAILED', true, 'broke off'],
])('%s', (text, code, transient, told) => {
  const thrown = Object.assign(new Error(text), { code: 'ECONNRESET' })
  const fault = faultOf(thrown, request)
  expect([fault.failure.code, fault.transient]).toEqual([code, transient])
  expect(fault.failure.message).toContain(told)
})

test('what is one of our errors already stays it', () => {
  const failure = new ActionError('REDIRECTED', 'It was not followed.')
  expect(faultOf(failure, request, 500)).toMatchObject({ failure, transient: false })
  const fault = new Fault(failure, { transient: true })
  expect(faultOf(fault, request, 500)).toBe(fault)
  expect(String(fault)).toBe('Fault: It was not followed.')
})

test('the end of an attempt’s time goes before what the library says of it', () => {
  const fault = faultOf(withCode('ABORT_ERR'), request, 2500)
  expect(fault).toMatchObject({ failure: { code: 'TIMED_OUT' }, transient: true })
  expect(fault.failure.message).toBe('Token exchange: no whole answer of x.example within 2.5 s.')
})

test.each([
  [`${tunnel}statusCode=407`, 'answered 407: it wants credentials'],
  [`${tunnel}statusCode=403`, 'answered 403'],
  [`${tunnel}cause=getaddrinfo EAI_AGAIN proxy.example`, '(EAI_AGAIN)'],
  [`${tunnel}cause=something else`, '(no code)'],
])('of %s it is told: %s', (text, told) => {
  const { message } = faultOf(Object.assign(new Error(text), { code: 'ECONNRESET' }), request).failure
  expect(message).toContain(told)
  if (!told.includes('wants')) expect(message).not.toContain('wants')
})

test('a certificate of the proxy that does not verify is told in one sentence', () => {
  vi.stubEnv('https_proxy', 'https://user:hunter2@proxy.example:3128')
  const { failure } = faultOf(new Error(`${tunnel}cause=self-signed certificate`), request)
  vi.unstubAllEnvs()
  expect([failure.code, failure.message]).toEqual([
    'TLS_FAILED',
    'Token exchange: no secure connection to the proxy proxy.example:3128, on the way to x.example.',
  ])
})

test('a text of the library within another says nothing', () => {
  const thrown = Object.assign(new Error(`not that ${tunnel}statusCode=407`), { code: 'ECONNRESET' })
  expect(faultOf(thrown, request)).toMatchObject({ failure: { code: 'NETWORK_FAILED' }, transient: true })
})

test('a failure without a code says so', () => {
  expect(faultOf(new Error(''), request).failure.message).toBe(
    'Token exchange: no answer of x.example (without a code).',
  )
})

test.each([['a text'], [undefined], [{ code: 'ECONNRESET' }], [withCode('')]])('%o is a network failure', (thrown) => {
  expect(faultOf(thrown, request).failure.code).toBe('NETWORK_FAILED')
})
