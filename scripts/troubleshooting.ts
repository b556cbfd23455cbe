// Writes into docs/troubleshooting.md what the action says: the text of each cause into its section, and what to change
// into that of each code. With --check it changes nothing, and fails where a text is another.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FAILURE_CODES } from '../src/errors.ts'
import { causeLines } from './cause-examples.ts'
import { cureOf } from './cures.ts'

const withCause = (page: string, [cause, line]: readonly [string, string]): string =>
  page.replace(new RegExp(`(\n#### ${cause}\n\n\`\`\`text\n).*(?=\n\`\`\`\n)`), (_, head) => head + line)

// The cure is the paragraph that begins with these words; what stands after it is the page's own.
const withCures = (page: string): string =>
  page
    .split(/^(?=#{2,4} )/m)
    .map((section) => {
      const code = FAILURE_CODES.find((name) => section.startsWith(`### ${name}\n`))
      if (code === undefined) return section
      return section.replace(/^\*\*What to change\.\*\*[^\n]*(\n[^\n]+)*/m, () => cureOf(code))
    })
    .join('')

const file = join(import.meta.dirname, '..', 'docs', 'troubleshooting.md')
const before = readFileSync(file, 'utf8')
const after = withCures([...causeLines].reduce(withCause, before))
if (before !== after && process.argv.includes('--check')) {
  console.error('docs/troubleshooting.md: a text is not what the action says. Run npm run troubleshooting.')
  process.exitCode = 1
} else writeFileSync(file, after)
