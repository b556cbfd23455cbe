import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..')

/** A path in this repository. */
export const inRepository = (...names: string[]): string => join(root, ...names)
export const readRepository = (...names: string[]): string => readFileSync(inRepository(...names), 'utf8')

export interface ActionFile {
  readonly inputs: Readonly<Record<string, { description?: string; required?: boolean; default?: string }>>
  readonly outputs: Readonly<Record<string, { description?: string; value?: string }>>
  readonly runs: Readonly<Record<string, string>>
}

export const readAction = (): ActionFile => parse(readRepository('action.yml'))

/** The rows of the first table under a heading of a Markdown page, as cells, without its head. */
export function tableUnder(page: string, heading: string): string[][] {
  const [, section = ''] = page.split(`\n${heading}\n`)
  const lines = section.split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'))
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  return lines.slice(start + 2, end).map(cellsOf)
}

/** What stands in backticks in a cell, and nothing else does; undefined otherwise. */
export const codeIn = (cell: string | undefined): string | undefined => /^`([^`]+)`$/.exec(cell ?? '')?.[1]
