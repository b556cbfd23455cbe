// Compiles src/ and bundles each entry into a folder of its own, the same bytes on every machine. With --check it
// changes nothing, and fails if dist/ is not what the source gives.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

// ncc writes a list of licences for each file that it makes. Here they become one for each entry.
function joinLicences(folder) {
  const lists = readdirSync(folder).filter((name) => name.endsWith('.licenses'))
  const packages = lists.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split(/\n\n+(?=(?:@[\w.-]+\/)?[\w.-]+\n[\w.() -]+\n)/),
  )
  for (const name of lists) rmSync(join(folder, name))
  const each = new Set(packages.map((text) => text.trim()))
  if (each.size > 0) writeFileSync(join(folder, 'licenses.txt'), `${[...each].sort().join('\n\n')}\n`)
}

function build(target) {
  for (const folder of [join(root, 'lib'), target]) rmSync(folder, { recursive: true, force: true })
  run('typescript/bin/tsc')
  // Node starts a CommonJS bundle some milliseconds sooner. ncc makes one where no package.json says "module".
  const nearest = join(root, 'lib', 'src', 'package.json')
  writeFileSync(nearest, '{}')
  for (const entry of entries) {
    const out = ['--out', join(target, entry), '--license', '[name].licenses']
    // Run from the root: ncc reads tsconfig.json, and so the stubs in its paths, from the current folder.
    run('@vercel/ncc/dist/ncc/cli.js', 'build', `lib/src/${entry}.js`, '--no-cache', '--quiet', ...out)
    joinLicences(join(target, entry))
  }
  // Without it Node runs what tsc has made as it does any other module.
  rmSync(nearest)
  writeFileSync(join(target, 'package.json'), '{ "type": "commonjs" }\n')
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
