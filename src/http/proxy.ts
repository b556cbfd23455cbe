import { checkBypass, getProxyUrl } from '@actions/http-client/lib/proxy'
import { LoginError } from '../errors.ts'
import type { HttpRequest } from './request.ts'

// As the library looks for them; the first that is set counts.
const variablesFor = ({ protocol }: URL): string[] =>
  protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']

function isUsable(url: URL): boolean {
  try {
    const proxy = getProxyUrl(url)
    return proxy !== undefined && /^https?:$/.test(proxy.protocol)
  } catch {
    return false
  }
}

/** The proxy on the way to a URL as errors call it: with name and port, without its credentials. */
export function proxyNameFor(url: URL): string {
  try {
    return `the proxy ${getProxyUrl(url)?.host ?? ''}`.trim()
  } catch {
    return 'the proxy'
  }
}

/**
 * Refuses a proxy that cannot be read: the library would go past it, to the host itself.
 *
 * @throws LoginError PROXY_FAILED; without the value, which may hold a password
 */
export function checkProxy({ purpose, url }: HttpRequest): void {
  const variable = variablesFor(url).find((name) => process.env[name])
  if (variable === undefined || checkBypass(url) || isUsable(url)) return
  throw new LoginError('PROXY_FAILED', `${purpose}: ${variable} is not the URL of a proxy.`, {
    advice:
      'Write it as http://proxy.example:3128 or http://user:password@proxy.example:3128, with % in the password as %25.',
  })
}
