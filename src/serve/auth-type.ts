/** By which protocol the SDKs in a program renew their token; with `pat` they get one that ends. */
export const AUTH_TYPES = ['metadata-service', 'oauth-m2m', 'pat'] as const
export type AuthType = (typeof AUTH_TYPES)[number]
