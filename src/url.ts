/** Whether a parsed hostname is the machine itself: 127.0.0.0/8, [::1] or localhost. */
export function isLoopback(hostname: string): boolean {
  // A URL parser writes every IPv4 address as four decimal numbers, so a longer name cannot match.
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

const MAX_URL_CHARACTERS = 4096

/** The URL in a text from outside, or null. A text longer than any server accepts is not parsed. */
export const readUrl = (text: string): URL | null => (text.length > MAX_URL_CHARACTERS ? null : URL.parse(text))

/** The hostname of a URL in lower case and without the trailing dot that DNS allows. */
export const hostnameOf = (url: URL): string => url.hostname.toLowerCase().replace(/\.$/, '')

/** Whether tokens may travel to this URL: over https, or over http within the machine. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(hostnameOf(url)))
}

/** The same URL without the trailing dot of its name. Certificates, proxies and servers know the name without the dot. */
export function withoutTrailingDot(url: URL): URL {
  const plain = new URL(url)
  plain.hostname = hostnameOf(url)
  return plain
}
