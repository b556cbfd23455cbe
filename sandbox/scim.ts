import { nameOf, type Principal } from './federation-policy.ts'

/** The numeric id of a principal, as the account knows it; never the application id. */
const numericIdOf = (position: number): string => String(7_300_000_000_001 + position)

/**
 * The answer of `GET /api/2.0/preview/scim/v2/Me`: for a service principal `userName` is its application id.
 */
export function me(principal: Principal, position: number) {
  const name = nameOf(principal)
  const displayName = principal.displayName ?? name
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:workspace:2.0:User',
    ],
    id: numericIdOf(position),
    userName: name,
    displayName,
    name: { givenName: displayName },
    active: true,
    emails: [{ type: 'work', value: name, primary: true }],
    groups: [{ display: 'users', type: 'direct', value: '3100000000001', $ref: 'Groups/3100000000001' }],
  }
}
