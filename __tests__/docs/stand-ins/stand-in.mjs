// Stands for the Databricks CLI or the GitHub CLI: takes what they document, keeps it in a file, refuses the rest.
// It proves that a command of these pages is one that exists, and says what it asks for; not what a server makes of it.
import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsIn } from './body.mjs'

const known = JSON.parse(readFileSync(join(import.meta.dirname, 'commands.json'), 'utf8'))
const [program = '', kept = '', ...words] = process.argv.slice(2)

function refuse(why) {
  process.stderr.write(`${program}: ${why}: ${words.join(' ')}\n`)
  process.exit(2)
}

// As both write them: -o is an output to the one, an organization to the other.
const short = {
  ...{ '-R': '--repo', '-e': '--env', '-b': '--body', '-v': '--visibility', '-r': '--repos' },
  ...{ '-X': '--method', '-f': '--raw-field', '-F': '--field', '-q': '--jq', '-p': '--profile' },
  '-o': program === 'gh' ? '--org' : '--output',
}
const nameOf = (word) => short[word] ?? word

// Words that are no flags and no values of one, and all values of each flag.
function readWords(rest, allowed, switches) {
  const [positional, flags] = [[], {}]
  for (let at = 0; at < rest.length; at++) {
    const flag = nameOf(rest[at])
    if (!flag.startsWith('-') || flag === '-') positional.push(flag)
    else if (switches.includes(flag)) flags[flag] = ['true']
    else if (!allowed.includes(flag)) refuse(`unknown flag ${flag}`)
    else if (at + 1 === rest.length) refuse(`${flag} needs a value`)
    else flags[flag] = [...(flags[flag] ?? []), rest[++at]]
  }
  return { positional, flags }
}

function parseJson(text) {
  try {
    return JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text)
  } catch {
    return refuse('the body is no JSON')
  }
}

function keep(entry) {
  appendFileSync(kept, `${JSON.stringify({ program, ...entry })}\n`)
}

const entries = () =>
  readFileSync(kept, { encoding: 'utf8', flag: 'a+' })
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

// A profile is what a login before has made; one for the account has an account id.
function checkProfile(command, profile) {
  if (profile === undefined || command.startsWith('auth ')) return
  const login = entries().find((entry) => entry.command === 'auth login' && entry.flags['--profile'] === profile)
  if (login === undefined) refuse(`no login has made the profile ${profile}`)
  const isAccount = '--account-id' in login.flags
  if (isAccount !== command.startsWith('account ')) refuse(`${profile} is a profile of the other side`)
}

const single = (flags) => Object.fromEntries(Object.entries(flags).map(([name, values]) => [name, values.at(-1)]))

function runCommand(commands, common) {
  const command = Object.keys(commands).find((name) => `${words.join(' ')} `.startsWith(`${name} `))
  if (command === undefined) return refuse('unknown command')
  const { arguments: shapes = [], flags: own = [], switches = [], body: shape, answer } = commands[command]
  const rest = words.slice(command.split(' ').length)
  const { positional, flags } = readWords(rest, [...own, ...common, ...(shape ? ['--json'] : [])], switches)
  const faults = faultsIn(positional, shapes, 'arguments', shapes.length)
  if (faults.length > 0) refuse(faults.join('; '))
  const { '--json': json, ...given } = single(flags)
  const body = shape && parseJson(json ?? refuse('--json is missing'))
  if (shape) for (const fault of faultsIn(body, shape, 'body')) refuse(fault)
  checkProfile(command, given['--profile'])
  keep({ command, arguments: positional, flags: given, body })
  if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`)
}

function typed(text) {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}

// `a[b]=c` is {"a": {"b": "c"}}, `a[]=c` is {"a": ["c"]}.
function fieldsOf({ '--field': magic = [], '--raw-field': raw = [] }) {
  const body = {}
  for (const [text, read] of [...magic.map((one) => [one, typed]), ...raw.map((one) => [one, String])]) {
    const [, name, inner, value] = /^(\w+)(?:\[(\w*)\])?=(.*)$/s.exec(text) ?? refuse(`no field: ${text}`)
    if (inner === undefined) body[name] = read(value)
    else if (inner === '') body[name] = [...(body[name] ?? []), read(value)]
    else body[name] = { ...body[name], [inner]: read(value) }
  }
  return body
}

function callApi() {
  const allowed = ['--method', '--field', '--raw-field', '--input', '--jq', '--header']
  const { positional, flags } = readWords(words.slice(1), allowed, ['--silent'])
  const [path = '', ...others] = positional
  if (others.length > 0) refuse('one path only')
  const hasFields = '--field' in flags || '--raw-field' in flags
  const input = flags['--input'] ? parseJson(readFileSync(0, 'utf8')) : undefined
  const method = flags['--method']?.[0] ?? (hasFields ? 'POST' : 'GET')
  const fits = (route) => new RegExp(`^${route.replaceAll('*', '[^/]+')}$`).test(`${method} ${path.replace(/^\//, '')}`)
  const route = Object.keys(known.routes).find(fits) ?? refuse(`no route ${method} ${path}`)
  const { body: shape, answer = {} } = known.routes[route]
  const body = input ?? fieldsOf(flags)
  for (const fault of faultsIn(body, shape ?? {}, 'body')) refuse(fault)
  keep({ command: `api ${method}`, arguments: [path], flags: {}, body })
  const text = JSON.stringify(answer)
  const [query] = flags['--jq'] ?? []
  if (query) process.stdout.write(spawnSync('jq', ['-r', query], { input: text, encoding: 'utf8' }).stdout)
  else if (!('--silent' in flags)) process.stdout.write(`${text}\n`)
}

if (program === 'gh' && words[0] === 'api') callApi()
else runCommand(known[program] ?? refuse('unknown program'), program === 'databricks' ? ['--profile', '--output'] : [])
