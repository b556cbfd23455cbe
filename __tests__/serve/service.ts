import { request } from 'node:http'
import { onTestFinished } from 'vitest'
import { startTokenService, type TokenService } from '../../src/serve/token-service.ts'
import type { StoredToken } from '../../src/store/login-store.ts'
import { tokenOf } from '../store/support.ts'

/** What the clock of a service shows. */
export const NOW = 1_800_000_000
/** Of the login whose tokens a service gives. */
export const hostname = 'dbc-1.cloud.databricks.com'

interface StartOptions {
  token?: () => Promise<StoredToken | undefined>
  scope?: string
  groupId?: string
  failure?: string
}

/** A service that goes away after the test. */
export async function start({ token, scope = 'all-apis', groupId = '', failure }: StartOptions = {}) {
  const given = token ?? (async () => tokenOf('kept', NOW))
  const service = await startTokenService({
    hostname,
    scope,
    groupId,
    token: given,
    failure: () => failure,
    now: () => NOW,
  })
  onTestFinished(() => service.close())
  return service
}

/** A request; a header that is undefined is left out. */
export interface Asked {
  path?: string
  method?: string
  headers?: Record<string, string | undefined>
  body?: string
}

export interface Answered {
  status: number
  headers: Record<string, unknown>
  json: Record<string, unknown>
}

/** Node's own request, since fetch lets nobody choose a Host header. */
export function ask(address: string, { path, method = 'GET', headers = {}, body = '' }: Asked = {}): Promise<Answered> {
  const url = new URL(address)
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  const options = { host: '127.0.0.1', port: url.port, path: path ?? url.pathname, method, headers: sent, agent: false }
  return new Promise((resolve, reject) => {
    const asking = request(options, async (response) => {
      let text = ''
      for await (const chunk of response) text += chunk
      const { statusCode: status = 0, headers: received } = response
      resolve({ status, headers: received, json: text === '' ? {} : JSON.parse(text) })
    })
    asking.once('error', reject).end(body)
  })
}

/** What a client of the metadata service sends. */
export const metadataHeaders = { 'X-Databricks-Metadata-Version': '1', 'X-Databricks-Host': `https://${hostname}` }

/** Asks the metadata service as an SDK does. */
export const askMetadata = (service: TokenService, asked: Asked = {}): Promise<Answered> =>
  ask(service.metadataServiceUrl, { headers: metadataHeaders, ...asked })

/** The token endpoint, as the metadata of the OAuth endpoint names it. */
export async function tokenEndpointOf({ discoveryUrl }: TokenService): Promise<string> {
  const { json } = await ask(discoveryUrl)
  return String(json['token_endpoint'])
}

/** `Authorization` by HTTP Basic. */
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

/** Asks the token endpoint as a driver does, with fields and headers in place of the usual ones. */
export async function askOAuth(
  service: TokenService,
  fields: Record<string, string> | string = {},
  headers: Asked['headers'] = { authorization: basic(service.clientId, service.clientSecret) },
): Promise<Answered> {
  const body =
    typeof fields === 'string'
      ? fields
      : new URLSearchParams({ grant_type: 'client_credentials', scope: 'all-apis', ...fields }).toString()
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
  return ask(await tokenEndpointOf(service), { method: 'POST', headers: form, body })
}
