import { type Authority, createAuthority } from '../../sandbox/authority.ts'

let made: Promise<Authority> | undefined

/**
 * The one authority of this process, for tests that are not about certificates: making one and a certificate takes 20 ms.
 * The same names get the same certificate.
 */
export function sharedAuthority(): Promise<Authority> {
  made ??= createAuthority().then(remembering)
  return made
}

function remembering({ certificate, issue }: Authority): Authority {
  const issued = new Map<string, ReturnType<Authority['issue']>>()
  return {
    certificate,
    issue(...names) {
      const key = names.join(' ')
      const identity = issued.get(key) ?? issue(...names)
      issued.set(key, identity)
      return identity
    },
  }
}
