import { type Host, isDatabricksDomain } from '../host.ts'
import { hostnameOf, isLoopback, isSecure, readUrl } from '../url.ts'

/** Every identity provider that is told apart, in the order of action.yml and README. */
export const IDENTITY_PROVIDERS = [
  'github',
  'entra',
  'google',
  'aws',
  'okta',
  'onelogin',
  'ping',
  'keycloak',
  'databricks',
  'other',
] as const

/** Who issued a subject token, as far as its issuer's address tells. */
export type IdentityProvider = (typeof IDENTITY_PROVIDERS)[number]

const GITHUB = /^token\.actions\.(githubusercontent|[a-z0-9-]+\.ghe)\.com$/
const GITHUB_ENTERPRISE_SERVER = /^\/_services\/token(\/|$)/

// Each pattern matches a whole name, or whole labels of one: anybody can have an address that contains a provider's name.
const PROVIDERS: readonly (readonly [IdentityProvider, hostname: RegExp | undefined, path?: RegExp])[] = [
  ['github', GITHUB],
  ['github', undefined, GITHUB_ENTERPRISE_SERVER],
  ['entra', /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)$/],
  ['entra', /^(sts\.windows\.net|sts\.chinacloudapi\.cn)$/],
  ['google', /^accounts\.google\.com$/],
  ['aws', /^cognito-identity(\.[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/],
  ['aws', /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/],
  ['aws', /^[a-z0-9-]+\.tokens\.sts\.global\.api\.aws$/],
  ['okta', /^[a-z0-9-]+\.(okta|oktapreview|okta-emea|okta-gov)\.com$/],
  ['onelogin', /^[a-z0-9-]+\.onelogin\.com$/],
  ['ping', /^auth\.pingone\.(com|ca|eu|asia|sg|com\.au)$/],
  ['keycloak', undefined, /\/realms\/[^/]+\/?$/],
]

/** Tells the identity provider from an issuer: for the log, the output and advice. Without https it is `other`. */
export function identityProvider(issuer: string): IdentityProvider {
  const url = readUrl(issuer)
  if (url === null || !isSecure(url)) return 'other'
  const hostname = hostnameOf(url)
  if (isDatabricksDomain(hostname)) return 'databricks'
  const row = PROVIDERS.find(([, name, path]) => (name?.test(hostname) ?? true) && (path?.test(url.pathname) ?? true))
  return row?.[0] ?? 'other'
}

/**
 * Whether an issuer is GitHub, whose tokens are never handed on as the result of a login. To be on the safe side this is
 * true of more issuers than `identityProvider` calls GitHub: those over http, and those without a scheme.
 */
export function isGitHub(issuer: string): boolean {
  const url = readUrl(issuer.includes('://') ? issuer : `https://${issuer}`)
  if (url === null) return false
  return GITHUB.test(hostnameOf(url)) || GITHUB_ENTERPRISE_SERVER.test(url.pathname.toLowerCase())
}

/**
 * Whether a token was issued by the host itself, so that it needs no exchange: equal hostnames over a secure scheme.
 * The path is ignored; the port too, but on loopback, where it tells servers apart.
 */
export function isSameIssuer(issuer: string, host: Host): boolean {
  const issuerUrl = readUrl(issuer)
  const hostUrl = new URL(host.origin)
  if (issuerUrl === null || !isSecure(issuerUrl)) return false
  if (isLoopback(hostnameOf(hostUrl)) && issuerUrl.port !== hostUrl.port) return false
  return hostnameOf(issuerUrl) === hostnameOf(hostUrl)
}
