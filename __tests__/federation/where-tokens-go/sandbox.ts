import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload } from 'jose'
import { createAccessTokens } from '../../../sandbox/access-token.ts'
import { systemClock as now } from '../../../sandbox/clock.ts'
import { type Runner, startRunner } from '../../../sandbox/github-runner.ts'
import type { Answer, ReceivedRequest } from '../../../sandbox/http-server.ts'
import { startIssuer } from '../../../sandbox/issuer.ts'
import { authorizationServerMetadata, hostMetadata } from '../../../sandbox/metadata-documents.ts'
import { createTokenEndpoint } from '../../../sandbox/token-endpoint.ts'
import { defaultWorkspaceId } from '../../../sandbox/workspace.ts'
import { type Internet, startInternet } from '../../support/internet.ts'
import { accountId, type Reply, type Row } from './row.ts'

/** A world in which every host is a Databricks host and accepts whatever token comes, but for what a row says. */
export interface Sandbox {
  readonly internet: Internet
  readonly runner: Runner
  /** The row at hand, with `{loopback}` filled in. */
  enter(row: Row): Row
  /** A subject token of any issuer, with a signature that the token endpoints accept. */
  sign(claims: JWTPayload): Promise<string>
  close(): Promise<void>
}

const principal = { kind: 'user', userName: 'anyone' } as const

export async function startSandbox(): Promise<Sandbox> {
  const issuer = await startIssuer({ publicUrl: 'https://token.actions.githubusercontent.com' })
  const runner = await startRunner({ issuer, claims: { sub: principal.userName } })
  const published = await fetch(`${issuer.server.origin}/.well-known/jwks`)
  const key = createLocalJWKSet((await published.json()) as JSONWebKeySet)
  const keys = { keysOf: () => key }
  const tokens = await createAccessTokens('https://databricks.example/oidc', defaultWorkspaceId, now)
  let row: Row | undefined

  // Trusts the issuer of whatever token it is given.
  function endpointFor(request: ReceivedRequest) {
    const { iss = '', aud = [] } = decodeJwt(new URLSearchParams(request.body).get('subject_token') ?? '')
    const policy = { kind: 'account', issuer: iss, audiences: row?.policy ?? [aud].flat() } as const
    const account = { accountId, policies: [policy], principals: [principal], keys }
    return createTokenEndpoint({ account, tokens, now })
  }

  const replyAt = (url: string): Reply | undefined => row?.replies[url]

  async function answer(origin: string, request: ReceivedRequest): Promise<Answer> {
    const reply = replyAt(origin + request.path)
    if (reply !== undefined && typeof reply !== 'string') return reply
    const { pathname } = request.url
    if (request.method === 'POST') return endpointFor(request).handle(request, `${origin}/oidc`)
    if (pathname === '/.well-known/databricks-config') {
      const identity = { kind: 'unified', host: origin, accountId, workspaceId: defaultWorkspaceId } as const
      return { status: 200, json: hostMetadata({ ...identity, cloud: 'AWS' }) }
    }
    const server = origin + pathname.replace('/.well-known/oauth-authorization-server', '')
    return { status: 200, json: authorizationServerMetadata(server, `${origin}/oidc/jwks.json`) }
  }

  const internet = await startInternet({
    answer,
    before: (origin, request, response) => {
      const reply = replyAt(`${origin}${request.url}`)
      if (typeof reply !== 'string') return false
      if (reply === 'reset') request.socket.destroy()
      if (reply === 'truncate') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
        response.write('{"issuer":', () => response.destroy())
      }
      return true
    },
    certifiedName: (name) => (name === 'badcert.cloud.databricks.com' ? 'other.example' : name),
  })

  return {
    internet,
    runner,
    sign: issuer.sign,
    enter(next) {
      row = JSON.parse(JSON.stringify(next).replaceAll('{loopback}', internet.loopback)) as Row
      internet.requests.length = 0
      internet.arrivals.length = 0
      runner.requests.length = 0
      return row
    },
    async close() {
      await Promise.all([internet.close(), runner.close(), issuer.close()])
    },
  }
}
