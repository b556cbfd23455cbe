import {
  type Agent,
  type ClientRequest,
  Agent as HttpAgent,
  type RequestOptions,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { checkProxy, hasProxy } from './proxy.ts'
import type { HttpRequest } from './request.ts'

/** What this code knows of the agent with which @actions/http-client tunnels through a proxy. */
export interface TunnelAgent extends Agent {
  proxyOptions: RequestOptions & { proxyAuth?: string }
  request: (options: RequestOptions) => ClientRequest
}

export const isTunnelAgent = (agent: Agent): agent is TunnelAgent => 'proxyOptions' in agent

/** What requests share: their connections, which are kept, and the name that servers are told. */
export interface Client {
  userAgent: string
  /** @throws ActionError PROXY_FAILED, so that no request goes past a proxy whose address cannot be read */
  agentFor: (request: HttpRequest) => Promise<Agent>
  /** Ends the connections that are kept. A tunnel through a proxy is not: it ends with its request. */
  close: () => void
}

const isSecured = ({ protocol }: URL): boolean => protocol === 'https:'

/** Node's function for a request to this URL. */
export const requestFor = (url: URL): typeof requestHttp => (isSecured(url) ? requestHttps : requestHttp)

const openAgent = (url: URL): Agent =>
  isSecured(url) ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })

// The library is loaded when there is a proxy, since few logins have one and every login would wait for it.
async function openTunnelAgent({ href }: URL): Promise<Agent> {
  const { HttpClient } = await import('@actions/http-client')
  return new HttpClient('', [], { keepAlive: true }).getAgent(href)
}

/** A client without connections yet, one agent an origin. Proxies are taken from the environment, certificates from Node. */
export function openClient(userAgent: string): Client {
  const agents = new Map<string, Agent>()
  return {
    userAgent,
    agentFor: async (request) => {
      checkProxy(request)
      const { url } = request
      const agent = agents.get(url.origin) ?? (hasProxy(url) ? await openTunnelAgent(url) : openAgent(url))
      agents.set(url.origin, agent)
      return agent
    },
    close: () => {
      for (const agent of agents.values()) if (!isTunnelAgent(agent)) agent.destroy()
    },
  }
}
