import { expect, test } from 'vitest'
import { createRedaction, environmentSecrets } from '../../src/runner/redaction.ts'
import { unverifiableJwt } from '../support/jwt.ts'

function redact(text: string, ...secrets: string[]): string {
  const { add, redact: clean } = createRedaction()
  for (const secret of secrets) add(secret)
  return clean(text)
}

const secret = 'p@ss/w0rd+"x" y'

test.each([
  ['as it is', secret],
  ['in a URL', encodeURIComponent(secret)],
  ['in a URL, in lower case', 'p%40ss%2fw0rd%2b%22x%22%20y'],
  ['in a form', 'p%40ss%2Fw0rd%2B%22x%22+y'],
  ['in JSON', String.raw`p@ss/w0rd+\"x\" y`],
])('a secret %s', (_name, form) => {
  expect(redact(`before ${form} after ${form}`, secret)).toBe('before *** after ***')
})

test.each(['', 'a', 'ab', 'abc'])('a secret in base64, after %o', (before) => {
  for (const encoding of ['base64', 'base64url'] as const) {
    const encoded = Buffer.from(`${before}${secret}${before}`).toString(encoding)
    const left = redact(encoded, secret)
    expect(left).toContain('***')
    expect(Buffer.from(left.replace('***', ''), encoding).toString()).not.toContain(secret.slice(2, 10))
  }
})

test('the signature of a JWT alone', () => {
  const jwt = unverifiableJwt({ sub: 'me' })
  const signature = jwt.split('.')[2] ?? ''
  expect(redact(`sig=${signature}`, jwt)).toBe('sig=***')
})

test('secrets that overlap leave nothing of either', () => {
  expect(redact('<abcdefghi>', 'abcdef', 'defghi')).toBe('<***>')
  expect(redact('<defghiabcdef>', 'abcdef', 'defghi')).toBe('<***>')
  expect(redact('<aaaaa>', 'aaa')).toBe('<***>')
})

test('a secret within another', () => {
  expect(redact('<token-with-suffix> <token>', 'token', 'token-with-suffix')).toBe('<***> <***>')
})

test('a secret of one character, wherever it stands', () => {
  expect(redact('<x> xx y', 'x')).toBe('<***> *** y')
})

test('text without a secret stays as it is', () => {
  expect(redact('nothing to hide', 'secret', '')).toBe('nothing to hide')
})

const jwt = unverifiableJwt({ sub: 'me' })

test.each([
  ['a JWT', `got ${jwt} from x`, 'got *** from x'],
  ['a JWE', `got ${jwt}.more.parts`, 'got ***'],
  ['in JSON', '{"access_token":"opaque-1","token_type":"Bearer"}', '{"access_token":"***","token_type":"Bearer"}'],
  ['in JSON with spaces', '{ "id_token" : "opaque-1" }', '{ "id_token" : "***" }'],
  ['in JSON within JSON', String.raw`"{\"access_token\": \"opaque-1\"}"`, String.raw`"{\"access_token\": \"***\"}"`],
  ['in a form', 'subject_token=opaque-1&subject_token_type=x', 'subject_token=***&subject_token_type=x'],
])('a token that nobody has told of: %s', (_name, text, clean) => {
  expect(redact(text)).toBe(clean)
})

test('our own words about tokens stay readable', () => {
  const text = 'on_exchange_failure: use_subject_token needs a subject_token. It holds no access_token (RFC 6750).'
  expect(redact(text)).toBe(text)
})

const basic = (pair: string) => Buffer.from(pair).toString('base64')

test.each([
  ['http://proxy.example:3128', []],
  ['http://octo:c%40t@proxy.example:3128', ['c%40t', 'c@t', 'octo:c@t', basic('octo:c@t')]],
  ['octo:cat@proxy.example:3128', ['cat', 'cat', 'octo:cat', basic('octo:cat')]],
  ['http://octo:a%b@proxy.example', ['a%b', 'a%b', 'octo:a%b', basic('octo:a%b')]],
  ['http://octo:p@ss@proxy.example', ['p@ss', 'p@ss', 'octo:p@ss', basic('octo:p@ss')]],
  ['http://token@proxy.example', ['token', 'token']],
])('credentials of the proxy %s', (proxy, secrets) => {
  for (const name of ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']) {
    expect(environmentSecrets({ [name]: proxy })).toEqual(secrets)
  }
})

test('the runner’s request token', () => {
  expect(environmentSecrets({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' })).toEqual(['request-token'])
  expect(environmentSecrets({})).toEqual([])
})
