import { createHash } from 'node:crypto'
import { loginAt, ownFolders } from './folder.ts'
import type { StoredLogin } from './login-store.ts'

/** What a login keeps of the URL that its process serves: enough to know it again, and no secret. */
export const digestOfUrl = (url: string): string => createHash('sha256').update(url).digest('hex')

function earlierLogins(searchPath: string, temporary: string): StoredLogin[] {
  return ownFolders(searchPath, temporary)
    .map(loginAt)
    .filter((login) => login !== undefined)
}

/**
 * The earlier login of this job whose process serves a URL. Nothing is sent there to find out.
 *
 * @param url DATABRICKS_METADATA_SERVICE_URL, from whomever
 */
export function stayingLogin(searchPath: string, temporary: string, url: string): StoredLogin | undefined {
  if (url === '') return undefined
  const digest = digestOfUrl(url)
  return earlierLogins(searchPath, temporary).find(({ serviceDigest }) => serviceDigest === digest)
}

/** The audience that an earlier login to this host found and exported, the latest one's. */
export function exportedAudience(searchPath: string, temporary: string, origin: string): string | undefined {
  return earlierLogins(searchPath, temporary).find((login) => login.origin === origin && login.exportedAudience)
    ?.exportedAudience
}
