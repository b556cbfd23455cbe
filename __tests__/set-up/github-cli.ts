import type { Call, Program } from './programs.ts'
import type { Ask, Received } from './requests.ts'

/** What a call of `gh api` asks for. */
interface ApiCall {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
  readonly isPaginated: boolean
  /** Name of the one value that is printed. */
  readonly only: string | undefined
  readonly isSilent: boolean
}

type Environment = Call['environment']

/**
 * Stands for the GitHub CLI, so that the set-up can be tried without it: `gh api` with the flags that the scripts use, as
 * https://cli.github.com/manual/gh_api describes them. `npm run test:set-up` compares it with the real one.
 */
export const githubCli =
  (ask: Ask): Program =>
  async ({ words: [command, ...words], environment }) => {
    if (command === '--version') return { stdout: 'gh version 2.83.0 (2025-11-04)\n' }
    if (command !== 'api') throw new Error(`unknown command ${command}`)
    const { path, ...call } = apiCall(words)
    let stdout = ''
    for (let url = `${apiOf(environment)}${path}`; url !== ''; ) {
      const received = await ask({ method: call.method, url, headers: headersFor(environment), body: call.body })
      if (received.status >= 300) return refusal(received)
      stdout += printed(received, call)
      url = call.isPaginated ? (/<([^>]+)>; rel="next"/.exec(received.link)?.[1] ?? '') : ''
    }
    return { stdout }
  }

// https://docs.github.com/enterprise-server/rest/enterprise-admin says where the API is on a host of one's own.
function apiOf({ GH_HOST: host }: Environment): string {
  if (host === '' || host === 'github.com') return 'https://api.github.com/'
  return host.endsWith('.ghe.com') ? `https://api.${host}/` : `https://${host}/api/v3/`
}

function headersFor({ GH_TOKEN, GH_ENTERPRISE_TOKEN, GH_HOST }: Environment): Record<string, string> {
  const isOwn = GH_HOST !== '' && GH_HOST !== 'github.com' && !GH_HOST.endsWith('.ghe.com')
  const token = isOwn ? GH_ENTERPRISE_TOKEN : GH_TOKEN
  return { authorization: `token ${token}`, 'content-type': 'application/json; charset=utf-8' }
}

function apiCall(words: readonly string[]): ApiCall {
  const fields: Record<string, unknown> = {}
  const said: Record<string, string> = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--paginate' || word === '--silent') said[word] = ''
    else if (word === '--method' || word === '--jq') said[word] = words[++at] ?? ''
    else if (word === '-f' || word === '-F') setField(fields, words[++at] ?? '', word === '-F' ? typed : asIs)
    else if (word.startsWith('-')) throw new Error(`unknown flag: ${word}`)
    else said['path'] = word
  }
  const body = Object.keys(fields).length > 0 ? JSON.stringify(inOrder(fields)) : undefined
  const { '--method': method = body === undefined ? 'GET' : 'POST', '--jq': query, path = '' } = said
  if (query !== undefined && !/^\.\w+$/.test(query)) throw new Error(`the stand-in does not know --jq ${query}`)
  const flags = { isPaginated: '--paginate' in said, isSilent: '--silent' in said }
  return { method, path, body, only: query?.slice(1), ...flags }
}

// A program in Go writes the names of a map in their order.
function inOrder(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
  const sorted = Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(sorted.map(([name, value]) => [name, isMap(value) ? inOrder(value) : value]))
}

const asIs = (value: string): unknown => value

// A literal of JSON stays one, and a number that has no fraction.
const typed = (value: string): unknown => (/^(true|false|null|-?\d+)$/.test(value) ? JSON.parse(value) : value)

// `a[b]=c` is {"a": {"b": "c"}}.
function setField(fields: Record<string, unknown>, field: string, read: (value: string) => unknown): void {
  const [, name = '', inner, value = ''] = /^([^=[]+)(?:\[(\w+)\])?=(.*)$/s.exec(field) ?? []
  if (inner === undefined) fields[name] = read(value)
  else fields[name] = { ...Object(fields[name]), [inner]: read(value) }
}

function printed({ text }: Received, { only, isSilent }: Pick<ApiCall, 'only' | 'isSilent'>): string {
  if (isSilent) return ''
  return only === undefined ? text : `${JSON.parse(text)[only]}\n`
}

// The answer is printed all the same; its message goes to stderr.
function refusal({ status, text }: Received) {
  return { exitCode: 1, stdout: text, stderr: `gh: ${JSON.parse(text).message} (HTTP ${status})\n` }
}
