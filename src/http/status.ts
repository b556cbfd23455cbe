/**
 * What the status of an answer means for whoever sent the request. This is the one table of statuses; each part of a login
 * has error codes of its own for them.
 */
export type Outcome =
  | 'success'
  /** Never followed. */
  | 'redirect'
  /** The request was understood, and denied. */
  | 'refused'
  /** This caller may not ask. */
  | 'forbidden'
  /** There is nothing at this address. */
  | 'missing'
  /** May pass a moment later. */
  | 'transient'
  /** Callers are limited: may pass with time, however often it is asked again. */
  | 'limited'
  /** A server in trouble that another attempt would not help. */
  | 'broken'
  | 'other'

const MEANINGS: ReadonlyMap<number, Outcome> = new Map([
  [200, 'success'],
  [400, 'refused'],
  [401, 'refused'],
  [403, 'forbidden'],
  [404, 'missing'],
  [408, 'transient'],
  [429, 'limited'],
  [500, 'transient'],
  [502, 'transient'],
  [503, 'transient'],
  [504, 'transient'],
])

/** Tells what a status means (RFC 9110, section 15; RFC 6749, section 5.2). */
export function outcomeOf(status: number): Outcome {
  const known = MEANINGS.get(status)
  if (known !== undefined) return known
  if (status >= 300 && status <= 399) return 'redirect'
  return status >= 500 ? 'broken' : 'other'
}

/** Whether the same request may succeed a moment later; no other 4xx ever does. */
export const isRetryable = (status: number): boolean => ['transient', 'limited'].includes(outcomeOf(status))
