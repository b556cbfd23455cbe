// What a login costs at the least: the same two connections, three requests, masks, entries of the runner's files and
// kept folder as dist/main, in one CommonJS file on Node's own https, with no check, no retry and no time limit.
const { appendFileSync, mkdirSync, mkdtempSync, writeFileSync, writeSync } = require('node:fs')
const https = require('node:https')
const { join } = require('node:path')

const { INPUT_HOST: host, INPUT_ACCOUNT_ID: accountId, RUNNER_TEMP: temporary } = process.env
const { INPUT_IDENTITY_FEDERATION_CLIENT_ID: clientId } = process.env
const { ACTIONS_ID_TOKEN_REQUEST_URL: idTokenUrl, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = process.env
const { GITHUB_STATE: state, GITHUB_PATH: path, GITHUB_OUTPUT: output, GITHUB_ENV: env } = process.env

const agent = new https.Agent({ keepAlive: true })

const send = (url, options, body) =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { agent, ...options }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve(JSON.parse(text)))
    })
    request.on('error', reject)
    request.end(body)
  })

const mask = (secret) => writeSync(1, `::add-mask::${secret}\n`)
const append = (file, entries) => {
  for (const [name, value] of Object.entries(entries)) appendFileSync(file, `${name}<<end\n${value}\nend\n`)
}

function keep(token, expiresAt) {
  const folder = mkdtempSync(join(temporary, 'databricks-token-'))
  mkdirSync(join(folder, 'kept'), { mode: 0o700 })
  mkdirSync(join(folder, 'bin'), { mode: 0o700 })
  const login = { origin: host, scope: 'all-apis', renewal: { clientId, accountId, audience: accountId } }
  writeFileSync(join(folder, 'kept', 'login.json'), JSON.stringify(login), { mode: 0o600 })
  writeFileSync(join(folder, 'kept', 'token.json'), JSON.stringify({ token, expiresAt }), { mode: 0o600 })
  writeFileSync(join(folder, 'bin', 'databricks-token'), `#!${process.execPath}\n`, { mode: 0o700 })
  writeFileSync(join(folder, 'bin', 'databricks-token.cmd'), '@echo off\r\n', { mode: 0o700 })
  return folder
}

async function main() {
  const idTokenRequest = new URL(idTokenUrl)
  idTokenRequest.searchParams.set('audience', accountId)
  const accept = 'application/json'
  const [{ value: subjectToken }, { token_endpoint: tokenEndpoint }] = await Promise.all([
    send(idTokenRequest, { headers: { accept, authorization: `Bearer ${requestToken}` } }),
    send(`${host}/oidc/.well-known/oauth-authorization-server`, { headers: { accept } }),
  ])
  mask(subjectToken)
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    scope: 'all-apis',
    client_id: clientId,
  })
  const headers = { accept, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await send(tokenEndpoint, { method: 'POST', headers }, form.toString())
  const { access_token: token, expires_in: expiresIn, scope } = answer
  mask(token)
  const expiresAt = new Date(Date.now() + expiresIn * 1000).toISOString()
  const folder = keep(token, expiresAt)
  const { hostname } = new URL(host)
  append(state, { folder })
  appendFileSync(path, `${join(folder, 'bin')}\n`)
  append(output, {
    ...{ token, expires_at: expiresAt, expires_in: expiresIn, host, server_hostname: hostname, workspace_id: '' },
    ...{ scope, exchanged: true, identity_provider: 'github', principal: '' },
  })
  append(env, {
    ...{ DATABRICKS_HOST: host, DATABRICKS_SERVER_HOSTNAME: hostname },
    ...{ DATABRICKS_TOKEN: token, DATABRICKS_AUTH_TYPE: 'pat' },
  })
  writeSync(1, `Logged in to ${host}.\n`)
  process.exit(0)
}

main()
