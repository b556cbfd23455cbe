import type { StoredToken } from '../store/login-store.ts'
import { advertisedExpiry } from '../store/token-lifetime.ts'
import type { EpochSeconds } from '../time.ts'
import { headerOf, type Route, refusal } from './loopback-server.ts'

interface MetadataServiceOptions {
  path: string
  /** Name of the host that the tokens are for, without port. */
  hostname: string
  /** A token that clients can use, or undefined if there is none at this time. */
  token: () => Promise<StoredToken | undefined>
  /** Why there is none. */
  missing: () => string
  now: () => EpochSeconds
}

// Clients send the host as they were given it, with or without scheme. The JavaScript SDK leaves out the port.
function hostnameIn(header: string): string | undefined {
  const url = URL.parse(header.includes('://') ? header : `https://${header}`)
  return url?.hostname.replace(/\.$/, '')
}

/** The SDKs' metadata service (SDK for Go, config/auth_metadata_service.go): whole seconds, which every SDK reads. */
export function metadataService({ path, hostname, token, missing, now }: MetadataServiceOptions): Route {
  return {
    method: 'GET',
    path,
    answer: async (request) => {
      if (headerOf(request, 'x-databricks-metadata-version') !== '1') {
        return refusal(400, 'X-Databricks-Metadata-Version has to be 1.')
      }
      if (hostnameIn(headerOf(request, 'x-databricks-host')) !== hostname) {
        return refusal(403, `This login is for ${hostname} alone.`)
      }
      const current = await token()
      if (current === undefined) return refusal(503, missing())
      const { accessToken } = current
      const expiry = advertisedExpiry(current, now())
      return { status: 200, body: { access_token: accessToken, token_type: 'Bearer', expires_on: expiry } }
    },
  }
}
