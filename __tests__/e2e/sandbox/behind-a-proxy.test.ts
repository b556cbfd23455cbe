import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createAuthority } from '../../../sandbox/authority.ts'
import { startConnectProxy } from '../../../sandbox/connect-proxy.ts'
import { startRunner } from '../../../sandbox/github-runner.ts'
import { startIssuer } from '../../../sandbox/issuer.ts'
import { runAction } from '../../../sandbox/job.ts'
import { startWorkspace } from '../../../sandbox/workspace.ts'
import { cleanUp, exchangeForm, later } from '../../sandbox/support.ts'

afterEach(cleanUp)

const names = {
  issuer: 'token.actions.githubusercontent.com',
  idTokens: 'pipelines.actions.githubusercontent.com',
  workspace: 'adb-1.2.azuredatabricks.net',
}
const applicationId = '0f8fad5b-d9cb-469f-a165-70867728950e'

async function startEverything() {
  const authority = await createAuthority()
  const routes: Record<string, number> = {}
  const under = async (name: string) => ({ publicUrl: `https://${name}`, tls: await authority.issue(name) })
  const issuer = later(await startIssuer(await under(names.issuer)))
  const runner = later(await startRunner({ issuer, ...(await under(names.idTokens)) }))
  const { sub } = runner.claims
  const workspace = later(
    await startWorkspace({
      policies: [{ kind: 'service-principal', applicationId, issuer: issuer.url, subject: sub }],
      principals: [{ kind: 'service-principal', applicationId }],
      issuers: { ca: authority.certificate, routes },
      ...(await under(names.workspace)),
    }),
  )
  routes[`${names.issuer}:443`] = issuer.server.port
  routes[`${names.idTokens}:443`] = runner.server.port
  routes[`${names.workspace}:443`] = workspace.server.port
  const proxy = later(await startConnectProxy({ routes, credentials: { user: 'octo', password: 'c@t' } }))
  return { authority, runner, workspace, proxy }
}

// A client of its own: no code of the sandbox, and nothing but the environment of a step.
const library = join(process.cwd(), 'node_modules', '@actions', 'http-client', 'lib', 'index.js')
const client = `
import { HttpClient } from ${JSON.stringify(pathToFileURL(library).href)}
const { env } = process
const http = new HttpClient('client')
const json = async (response) => JSON.parse(await response.readBody())
const idToken = await json(await http.get(env.ACTIONS_ID_TOKEN_REQUEST_URL + '&audience=' + env.AUDIENCE, {
  authorization: 'Bearer ' + env.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
}))
const metadata = await json(await http.get(env.HOST + '/oidc/.well-known/oauth-authorization-server'))
const form = { ...JSON.parse(env.FORM), subject_token: idToken.value }
const token = await json(await http.post(metadata.token_endpoint, String(new URLSearchParams(form)), {
  'content-type': 'application/x-www-form-urlencoded',
}))
const me = await json(await http.get(env.HOST + '/api/2.0/preview/scim/v2/Me', {
  authorization: 'Bearer ' + token.access_token,
}))
console.log('I am ' + me.userName)
`

test('a client behind a proxy logs in to a workspace under its real name', async () => {
  const { authority, runner, workspace, proxy } = await startEverything()
  const entry = join(runner.temp, 'client.mjs')
  const certificates = join(runner.temp, 'authority.pem')
  writeFileSync(entry, client)
  writeFileSync(certificates, authority.certificate)
  const environment = {
    HOST: workspace.host,
    AUDIENCE: workspace.accountId,
    HTTPS_PROXY: proxy.url,
    FORM: JSON.stringify({ ...exchangeForm, client_id: applicationId }),
  }
  const trusting = { ...environment, NODE_EXTRA_CA_CERTS: certificates }

  const result = await runAction({ entry, runner, environment: trusting })
  expect(result.stdout).toBe(`I am ${applicationId}\n`)
  expect(workspace.host).toBe('https://adb-1.2.azuredatabricks.net')
  expect(new Set(proxy.connects.map(({ target, status }) => `${target} ${status}`))).toEqual(
    new Set([`${names.idTokens}:443 200`, `${names.workspace}:443 200`]),
  )
  expect(new Set(workspace.requests.map(({ host }) => host))).toEqual(new Set([names.workspace]))

  const distrusting = await runAction({ entry, runner, environment })
  expect(distrusting.exitCode).not.toBe(0)
  expect(distrusting.stderr).toContain('unable to verify the first certificate')
})
