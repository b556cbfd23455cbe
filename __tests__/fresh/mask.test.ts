import { expect, test } from 'vitest'
import { maskLine } from '../../src/fresh/mask.ts'

const signature = 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'

test('of a JWT the signature alone, on a line of its own', () => {
  expect(maskLine(`eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${signature}`)).toBe(`\n::add-mask::${signature}\n`)
})

test.each(['opaque-token-0123456789', 'a.b', `a.b.${signature}.d`, 'a.b.short'])('%s whole', (token) => {
  expect(maskLine(token)).toBe(`\n::add-mask::${token}\n`)
})
