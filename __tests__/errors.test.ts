import { expect, test } from 'vitest'
import { ActionError, asActionError, FAILURE_CODES } from '../src/errors.ts'
import { printable } from '../src/text.ts'

test.each(FAILURE_CODES)('%s comes with advice in whole sentences', (code) => {
  const { advice, message, name } = new ActionError(code, 'It happened.')
  expect(advice).toMatch(/^[A-Z].+\.$/s)
  expect({ name, message }).toEqual({ name: 'ActionError', message: 'It happened.' })
})

test('codes are stable names, each once', () => {
  for (const code of FAILURE_CODES) expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
  expect(new Set(FAILURE_CODES).size).toBe(FAILURE_CODES.length)
})

test('a more exact advice replaces the general one', () => {
  const cause = new Error('below')
  const failure = new ActionError('HOST_INVALID', 'x', { advice: 'Do this.', serverText: 'text', cause })
  expect(failure).toMatchObject({ advice: 'Do this.', serverText: 'text', cause })
  expect(new ActionError('HOST_INVALID', 'x')).not.toHaveProperty('cause')
})

test('a failure of ours stays as it is, any other is unexpected, without its stack', () => {
  const ours = new ActionError('TIMED_OUT', 'x')
  expect(asActionError(ours)).toBe(ours)
  const other = new TypeError('x is not a function')
  expect(asActionError(other)).toMatchObject({ code: 'UNEXPECTED', message: 'TypeError: x is not a function' })
  expect(asActionError(other).message).not.toContain('at ')
})

test.each([
  ['text', 'text'],
  [undefined, 'undefined'],
  [null, 'null'],
  [{ a: 1 }, '[object Object]'],
])('%j can be thrown, too', (thrown, message) => {
  expect(asActionError(thrown)).toMatchObject({ code: 'UNEXPECTED', message })
})

test.each([
  ['one line', 'one line'],
  ['  around  and   inside ', 'around and inside'],
  ['a\nb\r\nc\u2028d\u2029e\u0085f', 'a b c d e f'],
  ['a\u0000b\u001b[31mc\u007fd\u009be', 'a b [31mc d e'],
  ['a\u202eb\u200bc\u2066d\ufeffe', 'a b c d e'],
  ['a\ud800b', 'a b'],
  ['naïve ☃ 𝒳', 'naïve ☃ 𝒳'],
  ['\n', ''],
  ['', ''],
])('%j is printed as %j', (text, line) => {
  expect(printable(text)).toBe(line)
})

test('500 characters are printed, and then it is said that there were more', () => {
  expect(printable('x'.repeat(500))).toBe('x'.repeat(500))
  expect(printable('x'.repeat(501))).toBe(`${'x'.repeat(500)} …`)
})
