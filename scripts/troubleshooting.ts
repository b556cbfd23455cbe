// Writes the text of each cause into its section of docs/troubleshooting.md, as the action says it. With --check it
// changes nothing, and fails where a text is another.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { causeLines } from './cause-examples.ts'

const file = join(import.meta.dirname, '..', 'docs', 'troubleshooting.md')
const before = readFileSync(file, 'utf8')
const after = [...causeLines].reduce(
  (page, [cause, line]) =>
    page.replace(new RegExp(`(\n#### ${cause}\n\n\`\`\`text\n).*(?=\n\`\`\`\n)`), (_, head) => head + line),
  before,
)
if (before !== after && process.argv.includes('--check')) {
  console.error('docs/troubleshooting.md: a text is not what the action says. Run npm run troubleshooting.')
  process.exitCode = 1
} else writeFileSync(file, after)
