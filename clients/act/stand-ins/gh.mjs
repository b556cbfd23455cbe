// Stands for the GitHub CLI where workflows of this repository are rehearsed: it knows the calls that they make, keeps
// releases and issues in a file, and refuses everything else. GitHub itself is a bare repository.
//
//   STAND_IN_STATE   folder of what it keeps: state.json, calls, published/
//   STAND_IN_REMOTE  the bare repository
//   STAND_IN_CI      conclusion of the check "CI passed"
//   STAND_IN_MOVED   commit to which somebody has moved the tag meanwhile
//   STAND_IN_MUTABLE set where releases can be changed after they were published
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const {
  STAND_IN_STATE: folder,
  STAND_IN_REMOTE: remote,
  STAND_IN_CI: ci = 'success',
  STAND_IN_MOVED,
  STAND_IN_MUTABLE,
} = process.env
const words = process.argv.slice(2)
const SWITCHES = ['--verify-tag', '--draft', '--deny-self-hosted-runners', '--silent', '--force', '--yes']

function refuse(why) {
  process.stderr.write(`gh: ${why}: ${words.join(' ')}\n`)
  process.exit(1)
}

// Words that are no flags, and the values of flags; `--draft=false` is one word.
function read() {
  const [positional, flags] = [[], {}]
  for (let at = 0; at < words.length; at++) {
    const [name, value] = words[at].startsWith('--') ? words[at].split(/=(.*)/s) : [undefined]
    if (name === undefined) positional.push(words[at])
    else if (value !== undefined) flags[name] = value
    else flags[name] = SWITCHES.includes(name) ? 'true' : words[++at]
  }
  return { positional, flags }
}

const { positional, flags } = read()
const stateFile = join(folder, 'state.json')
const state = existsSync(stateFile) ? JSON.parse(readFileSync(stateFile, 'utf8')) : { attested: {}, issues: [] }
const keep = () => writeFileSync(stateFile, JSON.stringify(state, null, 1))
appendFileSync(join(folder, 'calls'), `gh ${words.join(' ')}\n`)

function print(value) {
  const query = flags['--jq']
  if (query === undefined) return void process.stdout.write(`${JSON.stringify(value)}\n`)
  const { stdout, stderr, status } = spawnSync('jq', ['-r', query], { input: JSON.stringify(value), encoding: 'utf8' })
  process.stdout.write(stdout)
  if (status !== 0) refuse(stderr)
}

function commitOf(tag) {
  const parameters = ['-C', remote, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`]
  const { stdout, status } = spawnSync('git', parameters, { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

const releaseOf = (tag) => (state.release?.tag === tag ? state.release : refuse('release not found'))

const api = {
  'commits/[0-9a-f]{40}/check-runs\\?check_name=CI%20passed&app_id=15368': () => ({
    check_runs: [
      { id: 1, conclusion: 'failure' },
      { id: 2, conclusion: ci },
    ],
  }),
  'commits/tags/(.+)': (tag) => ({ sha: STAND_IN_MOVED ?? commitOf(tag) ?? refuse('no such tag') }),
  'releases/tags/(.+)': (tag) => ({ immutable: !releaseOf(tag).draft && STAND_IN_MUTABLE === undefined }),
}

function callApi() {
  const path = positional[1].replace(/^repos\/[^/]+\/[^/]+\//, '')
  for (const [route, answer] of Object.entries(api)) {
    const match = new RegExp(`^${route}$`).exec(path)
    if (match !== null) return print(answer(...match.slice(1)))
  }
  refuse('no route')
}

// It looks for what the attesting action has kept: the digest, and the run that it was made in.
function verify(file) {
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex')
  const found = state.attested[digest] ?? refuse('no attestation of this digest was found')
  const wanted = {
    '--repo': found.repository,
    '--signer-workflow': `${found.repository}/.github/workflows/release.yml`,
    '--source-digest': found.commit,
    '--source-ref': found.ref,
  }
  for (const name of ['--repo', '--signer-workflow', '--source-digest'])
    if (flags[name] === undefined) refuse(`${name} is missing`)
  if (flags['--deny-self-hosted-runners'] === undefined) refuse('--deny-self-hosted-runners is missing')
  for (const [name, value] of Object.entries(wanted))
    if (flags[name] !== undefined && flags[name] !== value) refuse(`${name}: ${value} was attested`)
  process.stdout.write(`${basename(file)}: verified\n`)
}

const release = {
  view: (tag) => print({ isDraft: releaseOf(tag).draft }),
  create(tag, ...files) {
    if (commitOf(tag) === undefined) refuse('the tag does not exist')
    mkdirSync(join(folder, 'published'), { recursive: true })
    for (const file of files) copyFileSync(file, join(folder, 'published', basename(file)))
    const notes = readFileSync(flags['--notes-file'], 'utf8')
    state.release = { tag, notes, draft: flags['--draft'] === 'true', assets: files.map((file) => basename(file)) }
  },
  edit(tag) {
    const { '--draft': draft, '--prerelease': prerelease, '--latest': latest } = flags
    Object.assign(releaseOf(tag), { draft: draft !== 'false', prerelease, latest })
  },
  delete(tag) {
    releaseOf(tag)
    delete state.release
  },
  download(tag) {
    releaseOf(tag)
    const to = flags['--dir'] ?? '.'
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(join(folder, 'published'))) {
      copyFileSync(join(folder, 'published', name), join(to, name))
    }
  },
}

const numbered = (number) => state.issues.find((one) => one.number === Number(number)) ?? refuse('no such issue')

const issue = {
  list: () => print(state.issues.filter(({ open }) => open).map(({ number }) => ({ number }))),
  create: () => state.issues.push({ number: state.issues.length + 1, open: true, comments: [flags['--body']] }),
  comment: (number) => numbered(number).comments.push(flags['--body']),
  close(number) {
    numbered(number).open = false
    numbered(number).comments.push(flags['--comment'])
  },
}

const [group, command, ...rest] = positional
const commands = { release, issue, label: { create: () => {} }, attestation: { verify } }
const run = commands[group]?.[command]
if (group === 'api') callApi()
else if (run === undefined) refuse('unknown command')
else run(...rest)
keep()
