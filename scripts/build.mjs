// Compiles src/ and bundles each entry into a folder of its own, the same bytes on every machine. With --check it
// changes nothing, and fails if dist/ is not what the source gives.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const root = dirname(import.meta.dirname)
const dist = join(root, 'dist')
const entries = ['main', 'post', 'command', 'stay']

const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })

function build(target) {
  for (const folder of [join(root, 'lib'), target]) rmSync(folder, { recursive: true, force: true })
  run('typescript/bin/tsc')
  for (const entry of entries) {
    const out = ['--out', join(target, entry), '--license', 'licenses.txt']
    // Run from the root: ncc reads tsconfig.json, and so the stubs in its paths, from the current folder.
    run('@vercel/ncc/dist/ncc/cli.js', 'build', `lib/src/${entry}.js`, '--no-cache', '--quiet', ...out)
  }
}

// Name and content of every file.
const filesIn = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => [join(entry.parentPath, entry.name), entry.isFile()])
      // A link is no file that the source gives, whatever it leads to.
      .map(([file, isFile]) => [file.slice(folder.length), isFile ? readFileSync(file, 'latin1') : undefined]),
  )

function check() {
  const fresh = join(root, 'lib', 'dist')
  build(fresh)
  const [wanted, found] = [filesIn(fresh), filesIn(dist)]
  const names = new Set([...wanted.keys(), ...found.keys()])
  const different = [...names].filter((name) => !wanted.has(name) || wanted.get(name) !== found.get(name))
  if (different.length === 0) return
  console.error(`Not what the source gives: ${different.map((name) => `dist${name}`).join(', ')}. Run npm run build.`)
  process.exitCode = 1
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
if (values.check) check()
else build(dist)
