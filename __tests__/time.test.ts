import { expect, test } from 'vitest'
import { elapsedMs, formatTime, isTime, LAST_TIME, msUntil, secondsNow, secondsUntil } from '../src/time.ts'

test.each([
  [0, '1970-01-01T00:00:00Z'],
  [1_800_000_000.999, '2027-01-15T08:00:00Z'],
  [LAST_TIME, '9999-12-31T23:59:59Z'],
  [LAST_TIME + 1, '253402300800 s'],
  [Number.POSITIVE_INFINITY, 'Infinity s'],
])('%d is written as %s', (seconds, text) => {
  expect(formatTime(seconds)).toBe(text)
})

test.each([[LAST_TIME + 1], [-LAST_TIME - 1], [Number.NaN], ['0'], [undefined]])('%o is no time', (value) => {
  expect(isTime(value)).toBe(false)
})

// The compiler is the test: `npm run check` fails if one of these lines compiles.
test('a moment of one clock is none of the other', () => {
  // @ts-expect-error a limit is counted by the clock that nobody sets
  msUntil(secondsNow(), elapsedMs())
  // @ts-expect-error the expiry of a token is a moment of the calendar
  secondsUntil(elapsedMs(), secondsNow())
})
