import { expect, test } from 'vitest'
import { type Break, breaks } from '../../scripts/guards/breaks.ts'
import { mistakesIn } from '../../scripts/guards/mistakes.ts'
import { threatsIn } from '../../scripts/guards/threats.ts'
import { readRepository } from '../support/repository.ts'

// To break them all takes half an hour, so nobody does it for every change of the source.
test('each break finds its row, its test and its text, and each test of a row has a break', () => {
  expect(mistakesIn(breaks, threatsIn(readRepository('docs', 'security.md')), readRepository)).toEqual([])
})

const page = `
## Threats

| threat | source | what stops it | remaining risk | tests |
|---|---|---|---|---|
| A door stands open | wind | It is shut. | | \`door.test.ts\` "it is shut"; \`door.test.ts\` "it is locked" |
| A window stands open | wind | It is shut. | | \`window.test.ts\` "it is shut" |

## What goes where
`
const source = 'shut(door)\nlock(door)\nshut(window)\n'
const shut: Break = ['A door', 'door.test.ts', 'it is shut', ['house.ts', 'shut(door)', '']]
const locked: Break = ['A door', 'door.test.ts', 'it is locked', ['house.ts', 'lock(door)', '']]
const shutWindow: Break = ['A window', 'window.test.ts', 'it is', ['house.ts', 'shut(window)', '']]

test.each<[string, Break[], string[]]>([
  ['none, where all is right', [shut, locked, shutWindow], []],
  [
    'a test without a break',
    [shut, shutWindow],
    ['"A door stands open" has no break for door.test.ts "it is locked".'],
  ],
  [
    'text that stands nowhere, and text that stands twice',
    [
      ['A door', 'door.test.ts', 'it is shut', ['house.ts', 'close(door)', '']],
      ['A door', 'door.test.ts', 'it is locked', ['house.ts', 'lock(door)', ''], ['house.ts', 'shut(', '']],
      shutWindow,
    ],
    [
      'A break of "A door" needs this once in house.ts, where it stands 0 times: close(door)',
      'A break of "A door" needs this once in house.ts, where it stands 2 times: shut(',
    ],
  ],
  [
    'a row that is not there, and a beginning that two rows have',
    [
      shut,
      locked,
      shutWindow,
      ['A gate', 'door.test.ts', 'it is shut', ['house.ts', 'shut(door)', '']],
      ['A ', 'door.test.ts', 'it is shut', ['house.ts', 'shut(door)', '']],
    ],
    [
      'A break names "A gate", with which no row begins, or several.',
      'A break names "A ", with which no row begins, or several.',
    ],
  ],
  [
    'a test of another row, and a beginning that two tests have',
    [
      shut,
      locked,
      shutWindow,
      ['A door', 'window.test.ts', 'it is shut', ['house.ts', 'shut(window)', '']],
      ['A door', 'door.test.ts', 'it is', ['house.ts', 'shut(door)', '']],
    ],
    [
      'A break of "A door" names window.test.ts "it is shut", with which no test of that row begins, or several.',
      'A break of "A door" names door.test.ts "it is", with which no test of that row begins, or several.',
    ],
  ],
])('mistakes in a list of breaks: %s', (_name, list, mistakes) => {
  expect(mistakesIn(list, threatsIn(page), () => source)).toEqual(mistakes)
})
