// Compiles src/ and bundles each entry into a folder of its own, the same bytes on every machine.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const entries = ['main', 'post', 'command']

const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })

for (const folder of ['lib', 'dist']) rmSync(join(root, folder), { recursive: true, force: true })
run('typescript/bin/tsc')
for (const entry of entries) {
  const out = ['--out', `dist/${entry}`, '--license', 'licenses.txt']
  // Run from the root: ncc reads tsconfig.json, and so the stubs in its paths, from the current folder.
  run('@vercel/ncc/dist/ncc/cli.js', 'build', `lib/src/${entry}.js`, '--no-cache', '--quiet', ...out)
}
