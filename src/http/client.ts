import {
  type Agent,
  type ClientRequest,
  Agent as HttpAgent,
  type RequestOptions,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { hasProxy } from './proxy.ts'

/** What this code knows of the agent with which @actions/http-client tunnels through a proxy. */
export interface TunnelAgent extends Agent {
  proxyOptions: RequestOptions & { proxyAuth?: string }
  request: (options: RequestOptions) => ClientRequest
}

export const isTunnelAgent = (agent: Agent): agent is TunnelAgent => 'proxyOptions' in agent

/** What requests share: their connections, which are kept, and the name that servers are told. */
export interface Client {
  userAgent: string
  agentFor: (url: URL) => Promise<Agent>
  /** Ends every connection. Of a tunnel through a proxy nothing is kept. */
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
    agentFor: async (url) => {
      const agent = agents.get(url.origin) ?? (hasProxy(url) ? await openTunnelAgent(url) : openAgent(url))
      agents.set(url.origin, agent)
      return agent
    },
    close: () => {
      for (const agent of agents.values()) if (!isTunnelAgent(agent)) agent.destroy()
    },
  }
}
