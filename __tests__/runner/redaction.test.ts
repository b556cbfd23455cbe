import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { describeFailure } from '../../src/runner/failure-text.ts'
import { createRedaction, environmentSecrets, MAX_KEPT_CHARACTERS } from '../../src/runner/redaction.ts'
import { CUT_MARK, printable } from '../../src/text.ts'
import { hostilePatterns, jwt as longJwt, selfSimilar } from '../support/hostile-patterns.ts'
import { unverifiableJwt } from '../support/jwt.ts'

function redactionOf(...secrets: string[]): (text: string) => string {
  const { add, redact } = createRedaction()
  for (const secret of secrets) add(secret)
  return redact
}

const redact = (text: string, ...secrets: string[]): string => redactionOf(...secrets)(text)

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

/** The longest part of a secret, from its start on, that is left in a text. */
function leftOf(secret: string, text: string): number {
  let length = 0
  while (length < secret.length && text.includes(secret.slice(0, length + 1))) length++
  return length
}

const redactBoth = redactionOf(longJwt, selfSimilar)

// Where a search is not linear, a megabyte of these ends with the patience of the test runner; bench/hostile-text.ts
// has the times.
test.each(hostilePatterns())('a megabyte of %s is taken, and little is kept', (_name, text) => {
  const clean = redactBoth(text)
  expect(clean.length).toBeLessThanOrEqual(MAX_KEPT_CHARACTERS + CUT_MARK.length)
  expect(clean).not.toContain(longJwt.slice(-20))
  expect(clean).not.toContain(selfSimilar)
  expect(printable(clean).length).toBeLessThanOrEqual(500 + CUT_MARK.length)
})

const opaque = 'dose-4711-opaque-token-of-37-letters!'
const long = `${'0123456789abcdef'.repeat(1000)}end`

test.each([
  ['an opaque token', opaque],
  ['a JWT', longJwt],
  ['a secret that overlaps itself', selfSimilar],
  ['a secret longer than all that is kept', long],
])('%s is not cut through, wherever it begins', (_name, secret) => {
  const one = redactionOf(secret)
  for (const at of [
    0,
    1,
    100,
    MAX_KEPT_CHARACTERS - secret.length,
    MAX_KEPT_CHARACTERS - 37,
    MAX_KEPT_CHARACTERS - 1,
  ]) {
    if (at < 0) continue
    const clean = one(`${'.'.repeat(at)}${secret}${'.'.repeat(2 * MAX_KEPT_CHARACTERS)}`)
    expect(clean.slice(at, at + 3), `at ${at}`).toBe('***')
    expect(leftOf(secret.slice(0, 40), clean), `at ${at}`).toBeLessThan(2)
  }
})

test('a secret in base64 is not cut through', () => {
  const one = redactionOf(opaque)
  for (const around of ['', 'x', 'xy']) {
    const encoded = Buffer.from(`${around}${opaque}`).toString('base64')
    for (let cut = 1; cut < encoded.length; cut++) {
      const clean = one('.'.repeat(MAX_KEPT_CHARACTERS - cut) + encoded + '.'.repeat(MAX_KEPT_CHARACTERS))
      expect(leftOf(encoded, clean)).toBeLessThan(encoded.length / 4)
    }
  }
})

test('a text that was quoted before it came here keeps no start of a secret either', () => {
  const one = redactionOf(opaque, longJwt)
  for (const secret of [opaque, longJwt]) {
    for (let before = 500 - 37; before <= 500; before++) {
      const clean = one(`The subject is ${printable('.'.repeat(before) + secret)}, and no other.`)
      expect(leftOf(secret, clean)).toBeLessThan(8)
      expect(clean).toContain(', and no other.')
    }
  }
})

test('what a server says is cut, and the advice stays', () => {
  const failure = new ActionError('EXCHANGE_REFUSED', 'It answered 400.', { serverText: `${opaque} `.repeat(30_000) })
  const text = describeFailure(failure, redactionOf(opaque), {})
  expect(text).toContain('The server said: *** *** ')
  expect(text).toContain(failure.advice)
  expect(leftOf(opaque, text)).toBeLessThan(5)
})

test('a message of any length leaves room for the advice', () => {
  const failure = new ActionError('EXCHANGE_REFUSED', 'x'.repeat(1_000_000), { serverText: 'no' })
  const text = describeFailure(failure, redactBoth, {})
  expect(text).toContain('The server said: no')
  expect(text).toContain(failure.advice)
})

test('a secret of several lines is known as the one line that a message makes of it', () => {
  const secret = 'first line\nsecond line'
  expect(redactionOf(secret)(printable(`got ${secret}!`))).toBe('got ***!')
})

test('places of a secret are found though it overlaps itself', () => {
  const one = redactionOf('abab')
  expect(one('<ababab>')).toBe('<***>')
  expect(one('<abaabab>')).toBe('<aba***>')
  expect(one('<aabab abab abab')).toBe('<a*** *** ***')
})

// Forms of a secret are made for a text that may hold one: these texts are as short as can be.
test.each(['secret', 'secret-of-length-19', unverifiableJwt({ sub: 'me' })])(
  'a text that is a form of %s, and nothing else',
  (secret) => {
    const one = redactionOf(secret)
    const signature = secret.split('.')[2] ?? secret
    for (const form of [secret, signature, encodeURIComponent(secret)]) expect(one(form)).toBe('***')
    for (const before of ['', 'x', 'xy']) {
      const encoded = Buffer.from(before + signature)
        .toString('base64')
        .replace(/=+$/, '')
      // The outer characters are half of somebody else's.
      expect(one(encoded.slice(before === '' ? 0 : before.length + 1, -1))).toBe('***')
    }
  },
)

test('a text that is shorter than a secret, with its start before a cut', () => {
  const one = redactionOf(long)
  expect(one(`It said: ${long.slice(0, 40)}${CUT_MARK}`)).toBe(`It said: ***${CUT_MARK}`)
})
