// Puts the place where this action is published, and the commit of its newest release, into every page, test and example:
//
//   node scripts/publish-as.mjs my-org/databricks-token-action COMMIT v1.0.0
//
// Run it on main after each release. The place may be the one that is there already.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [place = '', commit = '', version = ''] = process.argv.slice(2)
const USAGE = 'Takes OWNER/NAME, the 40 hexadecimal digits of a commit, and its version, such as v1.0.0.'
const isUsage =
  /^[\w-]+\/[\w.-]+$/.test(place) && /^[0-9a-f]{40}$/.test(commit) && /^v\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(version)
if (!isUsage) throw new Error(USAGE)

const root = dirname(import.meta.dirname)
const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const before = repository.replace('github:', '')
const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
// As a whole name: `a/b` is not in `a/b-two`.
const places = new RegExp(`(?<![\\w.-])${literally(before)}(?![\\w-])`, 'g')
const pins = new RegExp(`(${literally(place)}@)[0-9a-f]{40}( # )v\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.]+)?`, 'g')
const owner = new RegExp(`(?<=\\s)@${literally(before.split('/')[0])}(?![\\w-])`, 'g')

function filled(file, text) {
  const moved = text.replaceAll(places, () => place)
  const named = file === '.github/CODEOWNERS' ? moved.replaceAll(owner, () => `@${place.split('/')[0]}`) : moved
  return named.replaceAll(pins, (_pin, name, mark) => `${name}${commit}${mark}${version}`)
}

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
let count = 0
for (const file of files.filter((name) => !name.startsWith('dist/'))) {
  const path = join(root, file)
  // Pictures and the like are no text, and hold no place.
  const bytes = readFileSync(path)
  const text = bytes.includes(0) ? '' : bytes.toString()
  const now = filled(file, text)
  if (now === text) continue
  writeFileSync(path, now)
  count++
  console.log(file)
}
console.log(`${count} files name ${place}@${commit} # ${version} now.`)
