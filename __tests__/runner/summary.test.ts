import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { asCode, fenced, inMarkdown, table, textAsPage } from '../../src/markdown.ts'
import { appendPage, appendSummary, PAGE_BYTES } from '../../src/runner/summary.ts'

const folder = mkdtempSync(join(tmpdir(), 'summary-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('adds up to 1 MiB, and then nothing, not a part', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, 'x'.repeat(1024 * 1024 - 4))
  expect([appendSummary(file, 'ää!'), appendSummary(file, 'ää'), appendSummary(file, '!')]).toEqual([
    false,
    true,
    false,
  ])
  expect(readFileSync(file, 'utf8').slice(-3)).toBe('xää')
})

test.each([undefined, '', join(folder, 'none'), folder])('%j is no summary, and no error', (file) => {
  expect(appendSummary(file, 'x')).toBe(false)
})

test('a page is added to what is there; one that is longer than its bound in bytes is left out', () => {
  const file = join(folder, 'page')
  writeFileSync(file, 'before\n')
  expect(appendPage(file, 'after\n')).toBe(true)
  expect(appendPage(file, `${'é'.repeat(PAGE_BYTES / 2)}x`)).toBe(false)
  expect(readFileSync(file, 'utf8')).toBe('before\nafter\n')
  expect(appendPage(file, 'é'.repeat(PAGE_BYTES / 2))).toBe(true)
})

test('text becomes text: no tag, table cell, link, mention, emphasis or code', () => {
  const hostile = '<img src=x> | `code` **bold** _it_ [link](https://evil.example) @octocat #1 &amp; \\ ~~x~~ $x$'
  const shown = inMarkdown(hostile)
  expect(shown).toContain('&#64;<!-- -->octocat')
  expect(shown.replace('<!-- -->', '')).not.toMatch(/[<>|`*_[\]@\\~$]|https:/)
  expect(asCode('a|b')).toBe('<code>a&#124;b</code>')
  expect(asCode('x'.repeat(251))).toBe(`<code>${'x'.repeat(250)} …</code>`)
})

test('every character that is written as a number is the one that was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const read = inMarkdown(text)
        .replaceAll('<!-- -->', '')
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      expect(read).toBe(text.toWellFormed())
    }),
  )
})

test('no line of a text ends the fence around it', () => {
  expect(fenced('a\n````\nb', 'sh')).toBe('`````sh\na\n````\nb\n`````')
})

test('a table has a head, a line and rows', () => {
  expect(table(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
})

test('plain text: sentences as paragraphs, lines that belong together as lines to copy', () => {
  expect(textAsPage('Do this:\n\npermissions:\n  id-token: write')).toBe(
    'Do this&#58;\n\n```\npermissions:\n  id-token: write\n```',
  )
})
