import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { describeFailure } from '../../src/runner/failure-text.ts'
import { createRedaction, MAX_KEPT_CHARACTERS } from '../../src/runner/redaction.ts'
import { CUT_MARK, printable } from '../../src/text.ts'
import { hostilePatterns, jwt, selfSimilar } from '../support/hostile-patterns.ts'

function redactionOf(...secrets: string[]): (text: string) => string {
  const { add, redact } = createRedaction()
  for (const secret of secrets) add(secret)
  return redact
}

/** The longest part of a secret, from its start on, that is left in a text. */
function leftOf(secret: string, text: string): number {
  let length = 0
  while (length < secret.length && text.includes(secret.slice(0, length + 1))) length++
  return length
}

const redact = redactionOf(jwt, selfSimilar)

// Where a search is not linear, a megabyte of these ends with the patience of the test runner; bench/hostile-text.ts
// has the times.
test.each(hostilePatterns())('a megabyte of %s is taken, and little is kept', (_name, text) => {
  const clean = redact(text)
  expect(clean.length).toBeLessThanOrEqual(MAX_KEPT_CHARACTERS + CUT_MARK.length)
  expect(clean).not.toContain(jwt.slice(-20))
  expect(clean).not.toContain(selfSimilar)
  expect(printable(clean).length).toBeLessThanOrEqual(500 + CUT_MARK.length)
})

const opaque = 'dose-4711-opaque-token-of-37-letters!'
const long = `${'0123456789abcdef'.repeat(1000)}end`

test.each([
  ['an opaque token', opaque],
  ['a JWT', jwt],
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
  const one = redactionOf(opaque, jwt)
  for (const secret of [opaque, jwt]) {
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
  const text = describeFailure(failure, redact, {})
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
