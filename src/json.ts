/** Members of a JSON object from a server, not yet validated. */
export type JsonObject = Record<string, unknown>

/** Whether a parsed value is a JSON object: no array, and not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Members of a text that is a JSON object, not yet validated; none of any other text. */
export function membersOf(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text)
    return isJsonObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}
