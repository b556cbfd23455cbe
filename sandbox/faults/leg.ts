/** The requests of a login, in the order in which they leave. */
export const legs = ['ID token', 'metadata', 'exchange'] as const
export type Leg = (typeof legs)[number]

/** The leg to which a request target belongs. */
export function legOf(target: string): Leg | undefined {
  if (/\/idtoken(\?|$)/.test(target)) return 'ID token'
  if (target.endsWith('/.well-known/oauth-authorization-server')) return 'metadata'
  return target.endsWith('/v1/token') ? 'exchange' : undefined
}

/** How often a fault happens: to the first request of its leg, or to every one. */
export const repetitions = ['once', 'for ever'] as const
export type Repetition = (typeof repetitions)[number]
