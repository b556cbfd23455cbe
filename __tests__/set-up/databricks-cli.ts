import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { later } from '../sandbox/support.ts'
import type { Call, Program } from './programs.ts'
import type { Ask } from './requests.ts'

type Flags = Readonly<Record<string, string>>
type Environment = Call['environment']
type Document = Readonly<Record<string, unknown>>

/** The request of a command, and the part of its answer that it prints. */
interface Command {
  readonly method?: string
  /** On the host; one without a slash at its beginning is of the account. */
  readonly path: string
  readonly body?: unknown
  readonly print?: (answer: Document) => unknown
}

const policies = 'account service-principal-federation-policy'

const COMMANDS: Readonly<Record<string, (positional: readonly string[], flags: Flags) => Command>> = {
  'account service-principals list': (_, { filter = '' }) => ({
    path: `scim/v2/ServicePrincipals?${new URLSearchParams({ filter })}`,
    print: ({ Resources }) => Resources,
  }),
  'account service-principals create': (_, flags) => ({
    ...{ method: 'POST', path: 'scim/v2/ServicePrincipals', body: { displayName: flags['display-name'] } },
  }),
  [`${policies} list`]: ([id]) => ({
    path: `servicePrincipals/${id}/federationPolicies`,
    print: (answer) => answer['policies'],
  }),
  [`${policies} create`]: ([id], flags) => ({
    ...{ method: 'POST', path: `servicePrincipals/${id}/federationPolicies?policy_id=${flags['policy-id']}` },
    body: bodyIn(flags),
  }),
  'account workspace-assignment list': ([workspace]) => ({
    path: `workspaces/${workspace}/permissionassignments`,
    print: ({ permission_assignments }) => permission_assignments,
  }),
  'account workspace-assignment update': ([workspace, id], flags) => ({
    ...{ method: 'PUT', path: `workspaces/${workspace}/permissionassignments/principals/${id}`, body: bodyIn(flags) },
  }),
  'api get': ([path = '']) => ({ path }),
  'warehouses get-permissions': ([id]) => ({ path: `/api/2.0/permissions/warehouses/${id}` }),
  'warehouses update-permissions': ([id], flags) => ({
    ...{ method: 'PATCH', path: `/api/2.0/permissions/warehouses/${id}`, body: bodyIn(flags) },
  }),
  'grants get': ([kind, object], { principal }) => ({
    path: `/api/2.1/unity-catalog/permissions/${kind}/${object}?principal=${principal}`,
  }),
  'grants update': ([kind, object], flags) => ({
    ...{ method: 'PATCH', path: `/api/2.1/unity-catalog/permissions/${kind}/${object}`, body: bodyIn(flags) },
  }),
}

const bodyIn = ({ json = '' }: Flags): unknown => JSON.parse(json)

/**
 * Stands for the Databricks CLI where there is none: the commands of the set-up, as version 1.13 sends them, with its
 * profiles in DATABRICKS_CONFIG_FILE and its tokens in the home directory, by profile and by host.
 */
export const databricksCli =
  (ask: Ask): Program =>
  async ({ words, environment }) => {
    const line = words.join(' ')
    if (words[0] === '--version') return { stdout: `Databricks CLI v${versionIn(environment)}\n` }
    if (line.startsWith('auth login')) return logIn(flagsOf(words.slice(2)).flags, environment, ask)
    if (line.startsWith('auth logout')) return logOut(flagsOf(words.slice(2)).flags, environment)
    const [name, command] = Object.entries(COMMANDS).find(([one]) => `${line} `.startsWith(`${one} `)) ?? []
    if (name === undefined || command === undefined) throw new Error(`unknown command ${line}`)
    const { positional, flags } = flagsOf(words.slice(name.split(' ').length))
    return run(command(positional, flags), flags, environment, ask)
  }

function flagsOf(words: readonly string[]): { positional: string[]; flags: Flags } {
  const positional: string[] = []
  const flags: Record<string, string> = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--auto-approve') flags['auto-approve'] = ''
    else if (word.startsWith('--')) flags[word.slice(2)] = words[++at] ?? ''
    else positional.push(word)
  }
  return { positional, flags }
}

async function run(
  { method = 'GET', path, body, print = (answer) => answer }: Command,
  flags: Flags,
  environment: Environment,
  ask: Ask,
) {
  const { host, account_id: account } = readProfile(flags['profile'], environment)
  // A host in the environment beats the profile, as it did in several versions; its tokens are still the profile's.
  const origin = environment.DATABRICKS_HOST || host
  const url = path.startsWith('/') ? `${origin}${path}` : `${origin}/api/2.0/accounts/${account}/${path}`
  const token = readTokens(environment).tokens[flags['profile'] ?? '']?.access_token
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const answer = await documentOf(ask, {
    method,
    url,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return { stdout: `${JSON.stringify(print(answer))}\n` }
}

async function documentOf(ask: Ask, sent: Parameters<Ask>[0]): Promise<Document> {
  const { status, text } = await ask(sent)
  const answer = text === '' ? {} : JSON.parse(text)
  if (status >= 300) throw new Error(answer.message ?? text)
  return answer
}

async function logIn({ host = '', profile = '', 'account-id': accountId }: Flags, environment: Environment, ask: Ask) {
  const { HOME, STAND_IN_PROFILE } = environment
  if (versionIn(environment).startsWith('0'))
    writeFileSync(join(HOME, '.databrickscfg'), `[${profile}]\nhost = ${host}\n`)
  const { origin, searchParams } = new URL(host)
  const base = accountId === undefined ? `${origin}/oidc` : `${origin}/oidc/accounts/${accountId}`
  const metadata = await documentOf(ask, { method: 'GET', url: `${base}/.well-known/oauth-authorization-server` })
  const code = await codeFrom(String(metadata['authorization_endpoint']), environment)
  const { access_token } = await documentOf(ask, {
    method: 'POST',
    url: String(metadata['token_endpoint']),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code }).toString(),
  })
  const kept = readTokens(environment)
  const token = { access_token: String(access_token) }
  writeTokens(environment, { ...kept, tokens: { ...kept.tokens, [profile]: token, [origin]: token } })
  const ownFile = STAND_IN_PROFILE === 'elsewhere' ? join(HOME, '.databrickscfg') : configFile(environment)
  const values = {
    host: origin,
    account_id: accountId,
    workspace_id: searchParams.get('w'),
    auth_type: 'databricks-cli',
  }
  const lines = Object.entries(values).flatMap(([name, value]) => (value ? [`${name} = ${value}`] : []))
  appendFileSync(ownFile, `[${profile}]\n${lines.join('\n')}\n`)
  return {}
}

// A browser brings the code to an address on loopback.
async function codeFrom(authorize: string, { BROWSER, HOME, PATH }: Environment): Promise<string> {
  const server = createServer()
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  later({ close })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const link = `${authorize}?redirect_uri=http://localhost:${port}&state=1`
  spawn(BROWSER, [link], { stdio: 'ignore', env: { HOME, PATH } })
  const code = await new Promise<string>((resolve) => {
    server.on('request', ({ url = '' }, response) => {
      response.end()
      resolve(new URL(url, 'http://localhost').searchParams.get('code') ?? '')
    })
  })
  await close()
  return code
}

function logOut({ profile = '' }: Flags, environment: Environment) {
  const { host = '' } = readProfile(profile, environment)
  const kept = readTokens(environment)
  delete kept.tokens[profile]
  delete kept.tokens[host]
  writeTokens(environment, kept)
  return {}
}

interface Tokens {
  readonly tokens: Record<string, { readonly access_token: string }>
}

const versionIn = ({ STAND_IN_VERSION }: Environment): string => STAND_IN_VERSION || '1.13.0'
const configFile = ({ DATABRICKS_CONFIG_FILE, HOME }: Environment): string =>
  DATABRICKS_CONFIG_FILE || join(HOME, '.databrickscfg')
const tokenFile = ({ HOME }: Environment): string => join(HOME, '.databricks', 'token-cache.json')

const readTokens = (environment: Environment): Tokens =>
  existsSync(tokenFile(environment)) ? JSON.parse(readFileSync(tokenFile(environment), 'utf8')) : { tokens: {} }

function writeTokens(environment: Environment, kept: Tokens): void {
  mkdirSync(dirname(tokenFile(environment)), { recursive: true })
  writeFileSync(tokenFile(environment), JSON.stringify(kept))
}

function readProfile(name: string | undefined, environment: Environment): Readonly<Record<string, string>> {
  const file = configFile(environment)
  const [, section] = (existsSync(file) ? readFileSync(file, 'utf8') : '').split(`[${name}]\n`)
  if (section === undefined) throw new Error(`no profile ${name}`)
  const [own = ''] = section.split(/\n\[/)
  return Object.fromEntries(own.split('\n').map((line) => line.split(' = ')))
}
