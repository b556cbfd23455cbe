import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { threatsIn } from '../../scripts/guards/threats.ts'
import { inRepository, readRepository, tableUnder } from '../support/repository.ts'

// Under the heading stands a paragraph, then the table.
const page = readRepository('docs', 'security.md')
const threats = tableUnder(page, '## Threats')
const named = threatsIn(page).flatMap(({ name, tests }) => tests.map(({ file, title }) => [name, file, title]))

test('each threat is shown by a test', () => {
  expect(threatsIn(page).map(({ name, tests }) => [name, tests.length > 0])).toEqual(
    threats.map(([threat]) => [threat, true]),
  )
})

test('each threat says its source, what stops it and which test shows it', () => {
  expect(threats.length).toBeGreaterThanOrEqual(15)
  for (const [threat = '', source, stops, remains, shownBy = ''] of threats) {
    expect([threat, source, stops, typeof remains]).toEqual([
      expect.stringMatching(/./),
      expect.stringMatching(/./),
      expect.stringMatching(/./),
      'string',
    ])
    // Nothing but tests, so that none is named in a way that this file does not find.
    expect([threat, shownBy.replace(/`[\w./-]+\.test\.ts` "[^"]+"/g, '')]).toEqual([
      threat,
      expect.stringMatching(/^(; )*$/),
    ])
  }
})

test.each(named)('%s: %s has the test "%s"', (_threat, file, title) => {
  expect(existsSync(inRepository('__tests__', file))).toBe(true)
  const source = readRepository('__tests__', file)
  const quoted = ["'", '"', '`'].map((quote) => `(${quote}${title}${quote}, `)
  const onALineOfItsOwn = `  '${title}',\n`
  expect([...quoted, onALineOfItsOwn].some((call) => source.includes(call))).toBe(true)
})
