/**
 * The members of an answer that are read, by name: `true` for a value, and for an object, or a list of objects, the
 * members of that. No other member of an answer can be read, so that a test can put hostile text into each
 * (`__tests__/hostile-answers.test.ts`).
 */
export type Members = { readonly [name: string]: true | Members | readonly [Members] }

/** What was sent of such members, not yet validated: each may be missing, and be anything. */
export type Sent<Of extends Members> = { readonly [Name in keyof Of]?: unknown }

/** Whether a parsed value is a JSON object: no array, and not null. */
export const isJsonObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was sent of these members; nothing of a value that is no JSON object. */
export function readMembers<Of extends Members>(value: unknown, members: Of): Sent<Of>
export function readMembers(value: unknown, members: Members): Sent<Members> {
  const names = isJsonObject(value) ? Object.keys(members).filter((name) => Object.hasOwn(value, name)) : []
  return Object.fromEntries(names.map((name) => [name, Object(value)[name]]))
}

/** The same of a text, which may be JSON or anything else. */
export function membersIn<Of extends Members>(text: string, members: Of): Sent<Of> {
  try {
    return readMembers(JSON.parse(text), members)
  } catch {
    return {}
  }
}
