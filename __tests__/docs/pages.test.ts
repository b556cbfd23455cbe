import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { FAILURE_CODES } from '../../src/errors.ts'
import { anchorOf, headingsOf, linksOf, pages, readPage } from './markdown.ts'

const root = join(import.meta.dirname, '..', '..')

test('each failure has a section, in the order of the codes, and no section is of another', () => {
  const sections = headingsOf('docs/troubleshooting.md').filter(({ level }) => level === 3)
  expect(sections.map(({ text }) => text)).toEqual(FAILURE_CODES)
})

test.each(pages)('the headings of %s have anchors of their own', (page) => {
  const anchors = headingsOf(page).map(({ text }) => anchorOf(text))
  expect(anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at)).toEqual([])
})

function isBroken(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? page : normalize(join(dirname(page), path))
  if (!existsSync(join(root, target))) return true
  return anchor !== undefined && !headingsOf(target).some(({ text }) => anchorOf(text) === anchor)
}

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = linksOf(page).filter((link) => !/^https?:/.test(link))
  expect(links.filter((link) => isBroken(page, link))).toEqual([])
})

test.each(pages)('each picture of %s has one for a dark theme, and words in its place', (page) => {
  const pictures = [...readPage(page).matchAll(/<img .*>/g)].map(([image]) => image)
  for (const image of pictures) {
    expect(image).toMatch(/ alt="[^"]{10,}"/)
    const [, light = '', format = ''] = / src="([^"]+)-light\.(png|svg)"/.exec(image) ?? []
    expect(readPage(page)).toContain(`<source media="(prefers-color-scheme: dark)" srcset="${light}-dark.${format}">`)
  }
  expect(readPage(page)).not.toMatch(/!\[/)
})
