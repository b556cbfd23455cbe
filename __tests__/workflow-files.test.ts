import { globSync } from 'node:fs'
import { validate } from '@actions/languageservice'
import { expect, test } from 'vitest'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { inRepository, readRepository } from './support/repository.ts'

const files = ['action.yml', ...globSync('.github/workflows/*.{yml,yaml}', { cwd: inRepository() })]

async function messagesOf(name: string, text: string): Promise<string[]> {
  // It remembers documents by their address.
  const found = await validate(TextDocument.create(`file:///${name}`, 'yaml', 1, text))
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`)
}

test.each(files)('%s is what GitHub’s own language service accepts', async (name) => {
  expect(await messagesOf(name, readRepository(name))).toEqual([])
})

test.each([
  ['broken/action.yml', 'name: x\ndescription: y\nruns:\n  using: node24\n'],
  ['broken/.github/workflows/ci.yml', 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n'],
])('a broken %s is not accepted', async (name, text) => {
  expect(await messagesOf(name, text)).not.toEqual([])
})
