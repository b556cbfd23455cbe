import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** The pages that people read: those of `docs/`, and those beside the README. By path from the root. */
export const pages: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Those of complete workflows. */
export const recipePages: readonly string[] = pages.filter((page) => page.startsWith('docs/recipes-'))

export const readPage = (page: string): string => readFileSync(join(root, page), 'utf8')

/** A fenced block of a page. */
export interface Block {
  readonly page: string
  /** Counted from 1. */
  readonly line: number
  /** The heading of level two that it stands under. */
  readonly section: string
  readonly language: string
  readonly text: string
  /** Why no test runs it, from a comment on the line before; undefined if one does. */
  readonly notRun: string | undefined
}

const FENCE = /^(\s*)```(\w*)$/

/** All fenced blocks of a page, without the indentation of the list that they stand in. */
export function blocksOf(page: string): Block[] {
  const lines = readPage(page).split('\n')
  const blocks: Block[] = []
  let section = ''
  for (let at = 0; at < lines.length; at++) {
    const [, heading] = /^## (.+)$/.exec(lines[at] ?? '') ?? []
    section = heading ?? section
    const [fence, indent = '', language = ''] = FENCE.exec(lines[at] ?? '') ?? []
    if (fence === undefined) continue
    const end = lines.indexOf(`${indent}\`\`\``, at + 1)
    if (end === -1) throw new Error(`${page}:${at + 1}: the block does not end`)
    const [, notRun] = /^\s*<!-- not run: (.+) -->$/.exec(lines[at - 1] ?? '') ?? []
    const inside = lines.slice(at + 1, end).map((line) => line.slice(indent.length))
    blocks.push({ page, line: at + 1, section, language, text: `${inside.join('\n')}\n`, notRun })
    at = end
  }
  return blocks
}

/** Headings of a page, as written, with the number of their `#`. */
export function headingsOf(page: string): { level: number; text: string }[] {
  const outside = readPage(page).replace(/^\s*```[\s\S]*?^\s*```$/gm, '')
  return [...outside.matchAll(/^(#+) (.+)$/gm)].map(([, marks = '', text = '']) => ({
    level: marks.length,
    text,
  }))
}

/** The anchor that GitHub gives a heading: lower case, no punctuation, a hyphen for each space. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')

/** Targets of the links of a page, and its pictures. */
export const linksOf = (page: string): string[] =>
  [...readPage(page).matchAll(/\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"/g)].map(
    ([, target, picture]) => target ?? picture ?? '',
  )
