import { expect, test } from 'vitest'
import { createMasks } from '../../sandbox/masks.ts'
import { signaturePieces } from '../../src/runner/redaction.ts'

const LENGTH_OF_RS256 = 342
const START = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.'
// No two places are alike, so that whatever is left of it says where it was.
const signatureOf = (length: number): string =>
  Array.from({ length: Math.ceil(length / 4) }, (_, at) => at.toString(36).padStart(4, 'Z'))
    .join('')
    .slice(0, length)

test.each([
  [LENGTH_OF_RS256, 21],
  [86, 5],
  [32, 2],
  [31, 1],
  [16, 1],
  [15, 0],
])('a signature of %i characters has %i pieces, none of them shorter than 16', (length, count) => {
  const signature = signatureOf(length)
  const pieces = signaturePieces(START + signature)
  expect([pieces.length, pieces.join('')]).toEqual([count, count === 0 ? '' : signature])
  expect(pieces.filter((piece) => piece.length < 16)).toEqual([])
})

test('an opaque token has none', () => {
  expect(signaturePieces('dapi0123456789abcdef0123456789abcdef')).toEqual([])
})

test.each([40, 80, 81, 95, 120])('of a token that is wrapped at %i columns each break shows one piece', (columns) => {
  const signature = signatureOf(LENGTH_OF_RS256)
  const token = START + signature
  const masks = createMasks(token, ...signaturePieces(token))
  for (let indent = 0; indent < 24; indent++) {
    const lines = (' '.repeat(indent) + token).match(new RegExp(`.{1,${columns}}`, 'g')) ?? []
    const shown = lines.map(masks.apply).join('').replaceAll('***', '')
    const [first, end] = [indent + START.length, indent + token.length]
    const breaks = lines.filter((_line, at) => at * columns > first && at * columns < end).length
    const read = [...signature.matchAll(/..../g)].filter(([part]) => shown.includes(part)).length
    // A piece of 16 characters has four such parts, the last one of 22 five.
    expect(read).toBeLessThanOrEqual(breaks * 5)
  }
})
