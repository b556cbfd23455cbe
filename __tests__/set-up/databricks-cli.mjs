// Stands for the Databricks CLI where there is none: the commands of the set-up, as version 1.13 sends them, with its
// profiles in DATABRICKS_CONFIG_FILE and its tokens in the home directory, by profile and by host.

import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const { STAND_IN_PORT, STAND_IN_AUTHORITY, STAND_IN_VERSION = '1.13.0', BROWSER = 'none' } = process.env
const keepsProfiles = process.env.STAND_IN_PROFILE !== 'elsewhere'
const words = process.argv.slice(2)

function fail(why) {
  process.stderr.write(`Error: ${why}\n`)
  process.exit(1)
}

// Whatever host is asked, its stand-in is on loopback.
function ask(method, url, { body, token, form } = {}) {
  const { host, pathname, search, hostname } = new URL(url)
  const type = form ? 'application/x-www-form-urlencoded' : 'application/json'
  const headers = { host, 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) }
  const ca = readFileSync(STAND_IN_AUTHORITY)
  const target = { method, host: '127.0.0.1', port: STAND_IN_PORT, servername: hostname, ca, headers }
  return new Promise((resolve, reject) => {
    const sent = request({ ...target, path: pathname + search }, async (response) => {
      const text = (await response.toArray()).join('')
      const answer = text === '' ? {} : JSON.parse(text)
      if (response.statusCode < 300) resolve(answer)
      else fail(answer.message ?? text)
    })
    sent.on('error', reject)
    sent.end(form ?? (body && JSON.stringify(body)))
  })
}

const configFile = () => process.env.DATABRICKS_CONFIG_FILE ?? join(homedir(), '.databrickscfg')
const tokenFile = () => join(homedir(), '.databricks', 'token-cache.json')
const readTokens = () => (existsSync(tokenFile()) ? JSON.parse(readFileSync(tokenFile(), 'utf8')) : { tokens: {} })

function writeTokens(kept) {
  mkdirSync(dirname(tokenFile()), { recursive: true })
  writeFileSync(tokenFile(), JSON.stringify(kept))
}

function readProfile(name) {
  const text = existsSync(configFile()) ? readFileSync(configFile(), 'utf8') : ''
  const [, section] = text.split(`[${name}]\n`)
  if (section === undefined) return fail(`no profile ${name}`)
  return Object.fromEntries(
    section
      .split(/\n\[/)[0]
      .split('\n')
      .map((line) => line.split(' = ')),
  )
}

function flagsOf(rest) {
  const [positional, flags] = [[], {}]
  for (let at = 0; at < rest.length; at++) {
    if (rest[at] === '--auto-approve') flags.autoApprove = true
    else if (rest[at].startsWith('--')) flags[rest[at].slice(2)] = rest[++at]
    else positional.push(rest[at])
  }
  return { positional, flags }
}

// A browser brings the code to this address.
async function codeFrom(authorize) {
  const server = createServer()
  await new Promise((resolve) => server.listen(0, 'localhost', resolve))
  const link = `${authorize}?redirect_uri=http://localhost:${server.address().port}&state=1`
  if (BROWSER === 'none') process.stderr.write(`Open this link: ${link}\n`)
  else spawn(BROWSER, [link], { stdio: 'inherit' })
  const code = await new Promise((resolve) => {
    server.on('request', ({ url }, response) => {
      response.end()
      resolve(new URL(url, 'http://localhost').searchParams.get('code'))
    })
  })
  server.close()
  server.closeAllConnections()
  return code
}

async function logIn({ host, profile, 'account-id': accountId }) {
  // Where a prompt is possible it reads the terminal.
  if (STAND_IN_VERSION.startsWith('0'))
    writeFileSync(join(homedir(), '.databrickscfg'), `[${profile}]\nhost = ${host}\n`)
  readFileSync(0)
  const { origin, searchParams } = new URL(host)
  const base = accountId === undefined ? `${origin}/oidc` : `${origin}/oidc/accounts/${accountId}`
  const { authorization_endpoint, token_endpoint } = await ask('GET', `${base}/.well-known/oauth-authorization-server`)
  const code = await codeFrom(authorization_endpoint)
  const form = new URLSearchParams({ grant_type: 'authorization_code', code }).toString()
  const { access_token } = await ask('POST', token_endpoint, { form })
  const kept = readTokens()
  writeTokens({ ...kept, tokens: { ...kept.tokens, [profile]: { access_token }, [origin]: { access_token } } })
  const values = {
    host: origin,
    account_id: accountId,
    workspace_id: searchParams.get('w'),
    auth_type: 'databricks-cli',
  }
  const lines = Object.entries(values).flatMap(([name, value]) => (value ? [`${name} = ${value}`] : []))
  appendFileSync(
    keepsProfiles ? configFile() : join(homedir(), '.databrickscfg'),
    `[${profile}]\n${lines.join('\n')}\n`,
  )
}

function logOut({ profile }) {
  const { host } = readProfile(profile)
  const kept = readTokens()
  delete kept.tokens[profile]
  delete kept.tokens[host]
  writeTokens(kept)
}

const policies = 'account service-principal-federation-policy'

/** By command: method, path and body of its request, and the part of the answer that it prints. */
const COMMANDS = {
  'account service-principals list': (_, { filter }) => ({
    path: `scim/v2/ServicePrincipals?${new URLSearchParams({ filter })}`,
    print: ({ Resources }) => Resources,
  }),
  'account service-principals create': (_, flags) => ({
    ...{ method: 'POST', path: 'scim/v2/ServicePrincipals', body: { displayName: flags['display-name'] } },
  }),
  [`${policies} list`]: ([id]) => ({
    path: `servicePrincipals/${id}/federationPolicies`,
    print: (answer) => answer.policies,
  }),
  [`${policies} create`]: ([id], flags) => ({
    ...{ method: 'POST', path: `servicePrincipals/${id}/federationPolicies?policy_id=${flags['policy-id']}` },
    body: JSON.parse(flags.json),
  }),
  'account workspace-assignment list': ([workspace]) => ({
    path: `workspaces/${workspace}/permissionassignments`,
    print: ({ permission_assignments }) => permission_assignments,
  }),
  'account workspace-assignment update': ([workspace, id], { json }) => ({
    ...{
      method: 'PUT',
      path: `workspaces/${workspace}/permissionassignments/principals/${id}`,
      body: JSON.parse(json),
    },
  }),
  'api get': ([path]) => ({ path }),
  'warehouses get-permissions': ([id]) => ({ path: `/api/2.0/permissions/warehouses/${id}` }),
  'warehouses update-permissions': ([id], { json }) => ({
    ...{ method: 'PATCH', path: `/api/2.0/permissions/warehouses/${id}`, body: JSON.parse(json) },
  }),
  'grants get': ([kind, object], { principal }) => ({
    path: `/api/2.1/unity-catalog/permissions/${kind}/${object}?principal=${principal}`,
  }),
  'grants update': ([kind, object], { json }) => ({
    ...{ method: 'PATCH', path: `/api/2.1/unity-catalog/permissions/${kind}/${object}`, body: JSON.parse(json) },
  }),
}

async function runCommand(name, command) {
  const { positional, flags } = flagsOf(words.slice(name.split(' ').length))
  const { host, account_id: account } = readProfile(flags.profile)
  const { method = 'GET', path, body, print = (answer) => answer } = command(positional, flags)
  // A host in the environment beats the profile, as it did in several versions; its tokens are still the profile's.
  const origin = process.env.DATABRICKS_HOST ?? host
  const url = path.startsWith('/') ? `${origin}${path}` : `${origin}/api/2.0/accounts/${account}/${path}`
  const token = readTokens().tokens[flags.profile]?.access_token
  process.stdout.write(`${JSON.stringify(print(await ask(method, url, { body, token })))}\n`)
}

const [name, command] = Object.entries(COMMANDS).find(([name]) => `${words.join(' ')} `.startsWith(`${name} `)) ?? []
const { flags } = flagsOf(words.slice(2))
if (words[0] === '--version') process.stdout.write(`Databricks CLI v${STAND_IN_VERSION}\n`)
else if (words.join(' ').startsWith('auth login')) await logIn(flags)
else if (words.join(' ').startsWith('auth logout')) logOut(flags)
else if (command !== undefined) await runCommand(name, command)
else fail(`unknown command ${words.join(' ')}`)
