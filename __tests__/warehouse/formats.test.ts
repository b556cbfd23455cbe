import { expect, test } from 'vitest'
import {
  EXTENSIONS,
  FORMAT_NAMES,
  type Format,
  formatOfExtension,
  LINKED_FORMATS,
  rulesOf,
} from '../../src/warehouse/formats.ts'
import { openOutput } from '../../src/warehouse/output.ts'
import { headOf } from '../../src/warehouse/row-writers.ts'
import { SQL_USAGE } from '../../src/warehouse/usage.ts'
import { codeOf, failureOf } from '../support/failures.ts'
import { readRepository, tableUnder } from '../support/repository.ts'

const page = readRepository('docs', 'sql.md')
const choice = `[--format ${FORMAT_NAMES.join('|')}]`

test('help and docs/sql.md offer the formats of the table, in its order', () => {
  expect(SQL_USAGE).toContain(choice)
  expect(page).toContain(choice)
  expect(tableUnder(page, '## Results').map(([name = '']) => /`(\w+)`/.exec(name)?.[1])).toEqual(FORMAT_NAMES)
})

test('help, docs/sql.md and the refusal name the extensions of the table', async () => {
  expect(SQL_USAGE).toContain(`  --output FILE    ${EXTENSIONS}; written whole or not at all`)
  expect(page).toContain(EXTENSIONS.replace(/\.\w+/g, '`$&`'))
  const effects = { print: () => undefined, stdoutIsFile: false, inWorkflow: true }
  const refused = await failureOf(() => openOutput({ output: 'o.xls', format: undefined }, effects))
  expect(refused.message).toContain(EXTENSIONS)
  for (const name of FORMAT_NAMES) {
    const { extension } = rulesOf(name)
    if (extension !== undefined) expect(formatOfExtension(extension.toUpperCase())).toBe(name)
  }
  expect(formatOfExtension('')).toBeUndefined()
})

// The guard stands where the runner reads, and knows nothing of formats.
test.each(FORMAT_NAMES)('what the runner would obey is not printed as %s', async (format: Format) => {
  const printed: string[] = []
  const print = (text: string) => printed.push(text)
  const output = openOutput({ output: undefined, format }, { print, stdoutIsFile: false, inWorkflow: true })
  expect(await codeOf(() => output.write('a\n::add-mask::x\n'))).toBe('RESULT_UNFIT')
  expect(printed).toEqual([])
  const elsewhere = openOutput({ output: undefined, format }, { print, stdoutIsFile: false, inWorkflow: false })
  elsewhere.write('::add-mask::x\n')
  expect(printed).toEqual(['::add-mask::x\n'])
})

test('a format that --external-links takes has a writer from bytes, and no other has one', () => {
  for (const name of FORMAT_NAMES) {
    const head = () => headOf(name, [{ name: 'a', type: 'STRING' }])
    const { isLinked, writer } = rulesOf(name)
    if (isLinked && 'lines' in writer) expect(head()).toBe(writer.lines([{ name: 'a', type: 'STRING' }]).head)
    else expect(head).toThrow(`no writer of ${name}`)
  }
  expect(LINKED_FORMATS).toBe('csv or jsonl')
})
