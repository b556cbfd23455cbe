import { expect, test } from 'vitest'
import { isRetryable, type Outcome, outcomeOf } from '../../src/http/status.ts'

const statuses = Array.from({ length: 500 }, (_, index) => 100 + index)
const meaning = (wanted: Outcome) => statuses.filter((status) => outcomeOf(status) === wanted)

test.each<[Outcome, number[]]>([
  ['success', [200]],
  ['refused', [400, 401]],
  ['forbidden', [403]],
  ['missing', [404]],
  ['transient', [408, 500, 502, 503, 504]],
  ['limited', [429]],
])('%s is %j', (wanted, expected) => {
  expect(meaning(wanted)).toEqual(expected)
})

test('a redirect is every 3xx, and broken every 5xx that does not pass', () => {
  expect(meaning('redirect')).toEqual(statuses.filter((status) => status >= 300 && status <= 399))
  expect(meaning('broken')).toEqual(statuses.filter((status) => status >= 500 && !isRetryable(status)))
})

test('whatever is left is none of them', () => {
  const others = meaning('other')
  expect(others.filter((status) => status >= 500 || (status >= 300 && status <= 399))).toEqual([])
  expect(others).toEqual(expect.arrayContaining([100, 199, 201, 204, 299, 402, 405, 409, 410, 422, 499]))
})
