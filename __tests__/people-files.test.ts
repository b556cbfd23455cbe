import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { OURS } from './docs/workflow.ts'
import { readRepository } from './support/repository.ts'

interface Field {
  readonly type: string
  readonly id?: string
  readonly attributes: { readonly value?: string; readonly options?: readonly { readonly required?: boolean }[] }
  readonly validations?: { readonly required: boolean }
}

const fieldsOf = (name: string): readonly Field[] =>
  parse(readRepository('.github', 'ISSUE_TEMPLATE', `${name}.yml`)).body

test('an issue about a failure has its code, version and log, and its writer has looked for tokens in it', () => {
  const fields = fieldsOf('failure')
  const required = fields.filter(({ validations }) => validations?.required).map(({ id }) => id)
  expect(required).toEqual(expect.arrayContaining(['code', 'version', 'log']))
  expect(fields[0]?.attributes.value).toMatch(/^\*\*No tokens, no secrets\.\*\*/)
})

test.each(['failure', 'wish'])(
  'an issue of the form %s is not sent without the word that it holds no secret',
  (name) => {
    const boxes = fieldsOf(name).filter(({ type }) => type === 'checkboxes')
    expect(boxes.length).toBe(1)
    for (const { required } of boxes.flatMap(({ attributes }) => attributes.options ?? [])) expect(required).toBe(true)
  },
)

test('there is no blank issue, and a vulnerability is told in private', () => {
  const { blank_issues_enabled: blank, contact_links: links } = parse(
    readRepository('.github', 'ISSUE_TEMPLATE', 'config.yml'),
  )
  expect(blank).toBe(false)
  expect(links[0].url).toBe(`https://github.com/${OURS}/security/advisories/new`)
})

test('SECURITY.md says how to report, what is supported, and whose it is not', () => {
  const text = readRepository('SECURITY.md')
  for (const said of ['Report a vulnerability', 'What is supported', '12 months', 'Not affiliated with']) {
    expect(text).toContain(said)
  }
})
