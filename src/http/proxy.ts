import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'
import { ActionError } from '../errors.ts'
import type { HttpRequest } from './request.ts'

// The variables in the order in which the library reads them. The first that is set counts.
const variablesFor = ({ protocol }: URL): string[] =>
  protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']

// Undefined if there is no proxy, or if its address cannot be read: the library throws at some such addresses and ignores
// others.
function proxyFor(url: URL): URL | undefined {
  try {
    return getProxyUrl(url)
  } catch {
    return undefined
  }
}

function isUsable(url: URL): boolean {
  const protocol = proxyFor(url)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

/** Whether there is a proxy on the way to a URL. */
export const hasProxy = (url: URL): boolean => Boolean(proxyFor(url)?.hostname)

/** The proxy on the way to a URL as errors call it: with name and port, without its credentials. */
export const proxyNameFor = (url: URL): string => `the proxy ${proxyFor(url)?.host ?? ''}`.trim()

/**
 * Refuses a proxy whose address cannot be read. For `hasProxy` there is none, so the request would go to the host directly.
 *
 * @throws ActionError PROXY_FAILED; without the value, which may hold a password
 */
export function checkProxy({ purpose, url }: HttpRequest): void {
  const variable = variablesFor(url).find((name) => process.env[name])
  if (variable === undefined || checkBypass(url) || isUsable(url)) return
  throw new ActionError('PROXY_FAILED', `${purpose}: ${variable} is not the URL of a proxy.`, {
    advice:
      'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
  })
}
