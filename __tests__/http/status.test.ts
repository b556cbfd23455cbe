import { expect, test } from 'vitest'
import { type Meaning, mayPass, meaningOf } from '../../src/http/status.ts'

const statuses = Array.from({ length: 500 }, (_, index) => 100 + index)
const meaning = (wanted: Meaning) => statuses.filter((status) => meaningOf(status) === wanted)

test.each<[Meaning, number[]]>([
  ['success', [200]],
  ['refused', [400, 401]],
  ['forbidden', [403]],
  ['missing', [404]],
  ['passing', [408, 500, 502, 503, 504]],
  ['limited', [429]],
])('%s is %j', (wanted, expected) => {
  expect(meaning(wanted)).toEqual(expected)
})

test('a redirect is every 3xx, and broken every 5xx that does not pass', () => {
  expect(meaning('redirect')).toEqual(statuses.filter((status) => status >= 300 && status <= 399))
  expect(meaning('broken')).toEqual(statuses.filter((status) => status >= 500 && !mayPass(status)))
})

test('whatever is left is none of them', () => {
  const others = meaning('other')
  expect(others.filter((status) => status >= 500 || (status >= 300 && status <= 399))).toEqual([])
  expect(others).toEqual(expect.arrayContaining([100, 199, 201, 204, 299, 402, 405, 409, 410, 422, 499]))
})
