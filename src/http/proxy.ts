import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'
import { ActionError } from '../errors.ts'
import type { HttpRequest } from './request.ts'

// As the library looks for them; the first that is set counts.
const variablesFor = ({ protocol }: URL): string[] =>
  protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']

// Undefined without a proxy, and where its address cannot be read: the library throws at some, and passes over others.
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

/** The proxy on the way to a URL as errors call it: with name and port, without its credentials. */
export const proxyNameFor = (url: URL): string => `the proxy ${proxyFor(url)?.host ?? ''}`.trim()

/**
 * Refuses a proxy that cannot be read: the library would go past it, to the host itself.
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
