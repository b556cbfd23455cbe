import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appendSummary, asCode, fenced, inMarkdown, PAGE_BYTES, table, textAsPage } from '../../src/runner/summary.ts'

function withFile(use: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'summary-'))
  try {
    use(join(folder, 'summary.md'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('a page is added to what is there', () => {
  withFile((file) => {
    writeFileSync(file, 'before\n')
    expect(appendSummary(file, 'after\n')).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe('before\nafter\n')
  })
})

test('no file is made, and nothing is thrown where none can be written', () => {
  withFile((file) => {
    for (const target of [file, `${file}/below`, '', undefined]) expect(appendSummary(target, 'x')).toBe(false)
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })
})

test('what is longer than the bound is left out, counted in bytes', () => {
  withFile((file) => {
    writeFileSync(file, '')
    expect(appendSummary(file, 'é'.repeat(PAGE_BYTES / 2))).toBe(true)
    expect(appendSummary(file, `${'é'.repeat(PAGE_BYTES / 2)}x`)).toBe(false)
    expect(appendSummary(file, 'x'.repeat(PAGE_BYTES + 1), 1024 * 1024)).toBe(true)
  })
})

test('text becomes text: no tag, table cell, link, mention, emphasis or code', () => {
  const hostile = '<img src=x> | `code` **bold** _it_ [link](https://evil.example) @octocat #1 &amp; \\ ~~x~~ $x$'
  expect(inMarkdown(hostile)).not.toMatch(/[<>|`*_[\]@\\~$]|https:/)
  expect(asCode('a|b')).toBe('<code>a&#124;b</code>')
  expect(asCode('x'.repeat(251))).toBe(`<code>${'x'.repeat(250)} …</code>`)
})

test('every character that is written as a number is the one that was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const read = inMarkdown(text).replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
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
