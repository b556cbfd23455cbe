import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { causeLines } from '../../scripts/cause-examples.ts'
import { cureOf } from '../../scripts/cures.ts'
import { FAILURE_CODES } from '../../src/errors.ts'
import { CAUSES } from '../../src/explain/causes.ts'
import { cases } from '../refusals/cases.ts'
import { inRepository, readRepository, tableUnder } from '../support/repository.ts'
import { readPage } from './markdown.ts'

const page = readPage('docs/troubleshooting.md')

/** What stands under a heading, to the next heading of any level. */
const under = (heading: string): string => page.split(`\n${heading}\n`)[1]?.split(/\n#{2,4} /)[0] ?? ''
const exactTextUnder = (heading: string): string | undefined => /^\n```text\n(.+)\n```\n/.exec(under(heading))?.[1]

const textsIn = (...folder: string[]) =>
  readdirSync(inRepository(...folder))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => ({ name: name.replace('.txt', ''), text: readRepository(...folder, name) }))

const permissions = textsIn('__tests__', 'explain', 'texts', 'permission')

/** The line that a person reads, by cause, from the source. */
const read = new Map<string, string | undefined>([
  ...causeLines,
  ...permissions.map(
    ({ name, text }) => [name, `ID_TOKEN_PERMISSION_MISSING (${name}): ${text.split('\n')[0]}`] as const,
  ),
])

const causes = [...CAUSES, ...permissions.map(({ name }) => name)]

test('each cause has a section, and no section in capitals is of another', () => {
  const sections = [...page.matchAll(/^#### ([A-Z_]+)$/gm)].map(([, name]) => name)
  expect(sections.sort()).toEqual([...causes].sort())
})

test.each(causes)('the section of %s begins with the text that a person reads', (cause) => {
  expect(exactTextUnder(`#### ${cause}`)).toBe(read.get(cause))
})

test.each(FAILURE_CODES)('what to change after %s is what the action says', (code) => {
  const paragraphs = under(`### ${code}`)
    .split(/\n\n+/)
    .map((paragraph) => paragraph.trim())
  expect(paragraphs.filter((paragraph) => paragraph.startsWith('**What to change.**'))).toEqual([cureOf(code)])
})

const sources = readdirSync(inRepository('src'), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readRepository('src', name))

const literal = /'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`((?:[^`\\]|\\.)*)`/g

/** The texts that stand in a source, as patterns: a placeholder is anything. */
function patternsIn(source: string): string[] {
  return [...source.matchAll(literal)].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '')
      .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  )
}

// A text may be put together of two: what happened, and a detail.
const isIn = (source: string, text: string): boolean => {
  const patterns = patternsIn(source).filter((pattern) => pattern.replaceAll('.+', '').length > 0)
  const beginnings = patterns.filter((pattern) => new RegExp(`^${pattern}`).test(text) && pattern.length > 8)
  return beginnings.some((start) => ['', ...patterns].some((rest) => new RegExp(`^${start}${rest}$`).test(text)))
}

// Of one the text is that of another failure, of the other that of whatever was thrown.
const WITHOUT_TEXT = ['RENEWAL_FAILED', 'UNEXPECTED']

test.each(FAILURE_CODES.filter((code) => !WITHOUT_TEXT.includes(code)))(
  '%s begins with a text of its source',
  (code) => {
    const [, text = ''] = new RegExp(`^${code}: (.+)$`).exec(exactTextUnder(`### ${code}`) ?? '') ?? []
    expect(text).not.toBe('')
    const own = sources.filter((source) => source.includes(`'${code}'`))
    expect(own.some((source) => isIn(source, text))).toBe(true)
  },
)

const reported = tableUnder(page, '## The failures that people report')
const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name)

test('each of the 18 failures that people report is named by its cause, or by why it cannot come', () => {
  expect(reported).toHaveLength(18)
  for (const [what, here] of reported) {
    expect(namesIn(here).length > 0 || /\bnot (here|by this action)\b/.test(here ?? ''), what).toBe(true)
  }
})

// Codes that other tests provoke on dist: first-errors, verify, exchange-answer, id-token and discovery.
const PROVOKED_ELSEWHERE = [
  'EXISTING_LOGIN',
  'CLIENT_ID_INVALID',
  'METADATA_REFUSED',
  'TOKEN_TOO_SHORT',
  'HOST_MISSING',
]
const PROVOKED_WITH_A_SERVER = ['ID_TOKEN_REFUSED', 'VERIFY_UNAUTHORIZED']

test('what is named there is provoked', () => {
  const provoked = [...read.keys(), ...cases.map(({ code }) => code)] as string[]
  const elsewhere = [...PROVOKED_ELSEWHERE, ...PROVOKED_WITH_A_SERVER]
  const tests = readdirSync(inRepository('__tests__'), { recursive: true }).map(String)
  for (const name of reported.flatMap(([, here]) => namesIn(here))) {
    if (/^DATABRICKS_|^ACTIONS_/.test(name) || provoked.includes(name)) continue
    expect(elsewhere).toContain(name)
    const files = tests.filter((file) =>
      /(e2e|runner|federation|explain)\/.*\.test\.ts$/.test(file.replaceAll('\\', '/')),
    )
    expect(
      files.some((file) => readRepository('__tests__', file).includes(`'${name}'`)),
      name,
    ).toBe(true)
  }
})
