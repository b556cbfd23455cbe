// Writes into the pages and the workflows of clients/ the commits that .github/workflows names, so that there is one
// pin an action: after an update by Dependabot, which sees .github alone.
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const PIN = /\b([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@([0-9a-f]{40} # v[\w.-]+)/g

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const workflows = globSync('.github/workflows/*.yml', { cwd: root })
const pinned = new Map(
  workflows.flatMap((file) => [...textOf(file).matchAll(PIN)].map(([, name = '', , pin = '']) => [name, pin])),
)

for (const file of globSync(['*.md', 'docs/**/*.md', 'clients/**/*.yml', '.github/workflows/*.yml'], { cwd: root })) {
  const text = textOf(file)
  const now = text.replaceAll(PIN, (whole, name: string, path: string, pin: string) =>
    whole.replace(`${name}${path}@${pin}`, `${name}${path}@${pinned.get(name) ?? pin}`),
  )
  if (now === text) continue
  writeFileSync(join(root, file), now)
  console.log(file)
}
