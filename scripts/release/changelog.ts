import { headCommit, textOf } from './checkout.ts'

export interface ChangelogSection {
  /** What stands in brackets after the version: a date, or that it is not yet released. */
  readonly date: string
  readonly text: string
  /** Whether nothing stands above it. */
  readonly isNewest: boolean
}

const HEAD = /^## (\S+)(?: \((.*)\))?$/gm

/** What CHANGELOG.md says of a version; undefined if it says nothing. */
export function sectionOf(version: string): ChangelogSection | undefined {
  const changelog = textOf('CHANGELOG.md')
  const heads = [...changelog.matchAll(HEAD)]
  const at = heads.findIndex(([, name]) => name === version)
  const head = heads[at]
  if (head === undefined) return undefined
  const text = changelog.slice(head.index + head[0].length, heads[at + 1]?.index).trim()
  return { date: head[2] ?? '', text, isNewest: at === 0 }
}

/**
 * The text of a release: its section of the changelog, how a workflow names it, and where it says how to verify it.
 *
 * @throws Error if the changelog has no such section
 */
export function notesOf(tag: string, { GITHUB_REPOSITORY: place = 'OWNER/NAME' }: NodeJS.ProcessEnv): string {
  const section = sectionOf(tag.slice(1))
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${tag.slice(1)}`)
  const server = 'https://github.com'
  return [
    section.text,
    '',
    '```yaml',
    `- uses: ${place}@${headCommit()} # ${tag}`,
    '```',
    '',
    `[How to verify it](${server}/${place}/blob/${tag}/docs/operate.md#verify-a-release), before you use it.`,
  ].join('\n')
}
