import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority } from '../authority.ts'
import { type ConnectProxy, startConnectProxy } from '../connect-proxy.ts'
import { type SandboxServer, serve, type TlsIdentity } from '../http-server.ts'
import { type Laboratory, startLaboratory } from './laboratory.ts'
import { type Leg, legOf } from './leg.ts'

/** A laboratory under real names over TLS, behind a proxy that wants credentials. */
export interface TlsLaboratory extends Laboratory {
  readonly proxy: ConnectProxy
  /** The certificate of its authority, PEM. */
  readonly authority: string
  /** Servers that a name can be made to lead to; nothing may arrive there. */
  readonly impostors: Readonly<Record<'unknown authority' | 'wrong name', SandboxServer>>
  /** The leg that a CONNECT is for: through a proxy each request has a connection of its own. */
  legOf(target: string): Leg
  /** Where a leg's name leads. */
  route(leg: Leg, port: number): void
}

const names = {
  issuer: 'token.actions.githubusercontent.com',
  idTokens: 'pipelines.actions.githubusercontent.com',
  workspace: 'dbc-1a2b3c4d-5e6f.cloud.databricks.com',
}
const credentials = { user: 'octo', password: 'p@ss: 100%+/word' }

export const isTls = (laboratory: Laboratory): laboratory is TlsLaboratory => 'proxy' in laboratory

/** Starts a laboratory behind a proxy; `environment` has what a step needs to reach it. */
export async function startTlsLaboratory(): Promise<TlsLaboratory> {
  const [authority, stranger] = await Promise.all([createAuthority(), createAuthority()])
  const routes: Record<string, number> = {}
  const under = async (name: string) => ({ publicUrl: `https://${name}`, tls: await authority.issue(name) })
  const laboratory = await startLaboratory({
    issuer: await under(names.issuer),
    runner: await under(names.idTokens),
    workspace: { ...(await under(names.workspace)), issuers: { ca: authority.certificate, routes } },
  })
  const { runner, workspace } = laboratory
  const targets = { 'ID token': names.idTokens, metadata: names.workspace, exchange: names.workspace }
  const impostor = (tls: TlsIdentity) => serve(() => ({ status: 200, json: {} }), { tls })
  const impostors = {
    'unknown authority': await impostor(await stranger.issue(names.idTokens, names.workspace)),
    'wrong name': await impostor(await authority.issue('other.cloud.databricks.com')),
  }
  const proxy = await startConnectProxy({ routes, credentials })
  const certificates = join(runner.temp, 'authority.pem')
  writeFileSync(certificates, authority.certificate)

  function routeAll(): void {
    const ports = [
      [names.issuer, runner.issuer.server.port],
      [names.idTokens, runner.server.port],
      [names.workspace, workspace.server.port],
    ] as const
    for (const [name, port] of ports) routes[`${name}:443`] = port
  }
  routeAll()
  return {
    ...laboratory,
    proxy,
    authority: authority.certificate,
    impostors,
    environment: { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: certificates },
    legOf(target) {
      if (target.startsWith(names.idTokens)) return 'ID token'
      return workspace.requests.some(({ path }) => legOf(path) === 'metadata') ? 'exchange' : 'metadata'
    },
    route: (leg, port) => {
      routes[`${targets[leg]}:443`] = port
    },
    secrets: () => [...laboratory.secrets(), credentials.password, encodeURIComponent(credentials.password)],
    async reset() {
      await laboratory.reset()
      proxy.behaviour = 'serve'
      routeAll()
      for (const { requests } of Object.values(impostors)) requests.splice(0)
    },
    async close() {
      const running = [laboratory, proxy, ...Object.values(impostors)]
      await Promise.all(running.map((server) => server.close()))
    },
  }
}
