import { ActionError } from './errors.ts'
import { printable } from './text.ts'
import { hostnameOf, isLoopback, isSecure, readUrl } from './url.ts'

/** How a host publishes its metadata: see the table "Hosts" in docs/security.md. */
export type HostKind = 'workspace' | 'account' | 'unified' | 'unknown'

/** A Databricks host that a login may go to. */
export interface Host {
  kind: HostKind
  /** Scheme, name and port if it is not the scheme's own; no trailing slash: `https://dbc-1.cloud.databricks.com`. */
  origin: string
  /** The same without scheme, as SQL drivers want it. */
  serverHostname: string
  /** From the query of a copied URL (`?o=`, `?w=`, `?workspace_id=`). */
  workspaceId?: string
  /** From the query of a copied URL (`?a=`, `?account_id=`). */
  accountId?: string
}

// Zones in which Databricks gives each workspace a name (SDK for Go, common/environment/environments.go).
const WORKSPACE_ZONES = [
  'cloud.databricks.com',
  'cloud.databricks.us',
  'cloud.databricks.mil',
  'gcp.databricks.com',
  'azuredatabricks.net',
  'databricks.azure.us',
  'databricks.azure.cn',
  'azuredatabricks.us',
  'azuredatabricks.cn',
]
const UNIFIED_ZONE = 'databricks.com'

const isUnder = (hostname: string, zone: string): boolean => hostname.endsWith(`.${zone}`)
const isInWorkspaceZone = (hostname: string): boolean => WORKSPACE_ZONES.some((zone) => isUnder(hostname, zone))

/** Whether a hostname lies in one of Databricks' own domains; an apex such as `databricks.com` does not. */
export function isDatabricksDomain(hostname: string): boolean {
  return isInWorkspaceZone(hostname) || isUnder(hostname, UNIFIED_ZONE)
}

function kindOf(hostname: string): HostKind {
  if (isLoopback(hostname)) return 'workspace'
  if (isInWorkspaceZone(hostname)) {
    return /^accounts(-dod)?\./.test(hostname) ? 'account' : 'workspace'
  }
  return isUnder(hostname, UNIFIED_ZONE) ? 'unified' : 'unknown'
}

// The name goes into commands and into later steps, so it may hold letters, digits, hyphens and underscores, or be an IPv6
// address. A URL parser accepts more, such as $ ; and quotes.
const HOSTNAME = /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])$/

function parseUrl(text: string): URL {
  const url = readUrl(/^[a-z][a-z0-9+.-]*:[\\/]/i.test(text) ? text : `https://${text}`)
  if (url === null || !HOSTNAME.test(hostnameOf(url))) {
    // The part before an @ may be a password, so the error leaves it out.
    const shown = JSON.stringify(printable(text.replace(/^.*@/s, '***@')))
    throw new ActionError('HOST_INVALID', `host is not a URL: ${shown}.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new ActionError('HOST_INVALID', `host holds a user name or password; it is the URL of ${url.host} alone.`)
  }
  if (!isSecure(url)) {
    throw new ActionError('HOST_INVALID', `host has to be https, and ${JSON.stringify(text)} is not.`)
  }
  return url
}

/** Whether a text can be the id of a workspace or an account: they are numbers and UUIDs. */
export const isId = (text: string): boolean => /^[A-Za-z0-9-]{1,64}$/.test(text)

/** Whether two ids are the same: UUIDs are, whatever their case. */
export const isSameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** The workspace id that a name of Azure holds: `adb-<id>.<n>.azuredatabricks.net`. */
export const workspaceIdIn = (name: string): string | undefined => /^adb-(\d+)\./.exec(name)?.[1]

const isNumber = (id: string): boolean => /^\d+$/.test(id)

// If a URL names an id several times, all of them have to be the same. Otherwise nobody could tell which one was meant.
function onlyId(of: 'workspace' | 'account', ids: readonly string[]): string | undefined {
  const [first, ...others] = ids
  if (first === undefined || others.every((id) => isSameId(id, first))) return first
  throw new ActionError('HOST_INVALID', `host names two ${of} ids, which differ.`)
}

// As the SDKs read a URL copied from the browser (SDK for Go, config.go, fixHostIfNeeded): o and workspace_id hold
// numbers or nothing; Azure has the id in the name, too.
function idsFrom({ searchParams }: URL, hostname: string): Pick<Host, 'workspaceId' | 'accountId'> {
  const valuesOf = (...names: string[]): string[] => {
    const values = names.flatMap((name) => searchParams.getAll(name)).filter((value) => value !== '')
    if (values.every(isId)) return values
    throw new ActionError(
      'HOST_INVALID',
      `host has a query (${names.join(', ')}) that holds no id: letters, digits and hyphens, 64 at most.`,
    )
  }
  const asked = onlyId('workspace', [...valuesOf('w'), ...valuesOf('o', 'workspace_id').filter(isNumber)])
  const named = workspaceIdIn(hostname)
  if (asked !== undefined && named !== undefined) onlyId('workspace', [named, asked])
  const accountId = onlyId('account', valuesOf('a', 'account_id'))
  return {
    ...(asked === undefined ? {} : { workspaceId: asked }),
    ...(accountId === undefined ? {} : { accountId }),
  }
}

/**
 * Reads a host as people paste it: scheme added; case, the scheme's own port, trailing dot, path, query and
 * fragment dropped; the workspace and account id of a copied URL kept.
 *
 * @param text a URL or a bare hostname
 * @param allowUnknown accept a name outside Databricks' own domains
 * @throws ActionError HOST_MISSING, HOST_INVALID (not a URL, not https, user info, ids that are none or differ),
 *   HOST_UNKNOWN
 */
export function parseHost(text: string, allowUnknown = false): Host {
  const trimmed = text.trim()
  if (trimmed === '') throw new ActionError('HOST_MISSING', 'No host was given.')
  const url = parseUrl(trimmed)
  const hostname = hostnameOf(url)
  const kind = kindOf(hostname)
  if (kind === 'unknown' && !allowUnknown) {
    throw new ActionError('HOST_UNKNOWN', `${hostname} is not in one of Databricks' own domains.`)
  }
  const serverHostname = url.port === '' ? hostname : `${hostname}:${url.port}`
  return {
    kind,
    origin: `${url.protocol}//${serverHostname}`,
    serverHostname,
    ...idsFrom(url, hostname),
  }
}

/** Whether a text, as people write a host, names this host: scheme, name and port. */
export function namesHost(text: string, { origin }: Host): boolean {
  try {
    return parseHost(text, true).origin === origin
  } catch {
    return false
  }
}

/** Scheme, name and port of a URL, as hosts are compared: a trailing dot names the same place. */
const originOf = (url: URL): string => `${url.protocol}//${hostnameOf(url)}${url.port === '' ? '' : `:${url.port}`}`

/**
 * Whether a token may be sent to a URL that the host named. The URL has to be on exactly that host. A unified host alone may
 * name another place: one in a workspace zone, which is where the account consoles are, too. Other names under
 * `databricks.com` may be web sites.
 */
export function isTrusted(url: URL, host: Host): boolean {
  if (!isSecure(url) || url.username !== '' || url.password !== '' || url.hash !== '') return false
  if (originOf(url) === host.origin) return true
  return host.kind === 'unified' && url.protocol === 'https:' && isInWorkspaceZone(hostnameOf(url))
}

/** Whether a text is a UUID, as Databricks' account ids are. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** @throws ActionError ACCOUNT_ID_INVALID */
export function checkAccountId(accountId: string | undefined): void {
  if (accountId === undefined || isUuid(accountId)) return
  const found = /^\d+$/.test(accountId) ? 'a number, as workspace ids are' : 'not a UUID'
  throw new ActionError('ACCOUNT_ID_INVALID', `The account id ${printable(accountId)} is ${found}.`)
}

/**
 * Checks what a kind of host asks for beside its address.
 *
 * @throws ActionError ACCOUNT_ID_INVALID, ACCOUNT_ID_MISSING (account console), AUDIENCE_MISSING (unknown host)
 */
export function checkHostNeeds({ kind, serverHostname }: Host, accountId?: string, audience?: string): void {
  checkAccountId(accountId)
  if (kind === 'account' && accountId === undefined) {
    throw new ActionError('ACCOUNT_ID_MISSING', `${serverHostname} is an account console and no account id is given.`)
  }
  if (kind === 'unknown' && audience === undefined) {
    throw new ActionError('AUDIENCE_MISSING', `${serverHostname} is outside Databricks' own domains.`)
  }
}
