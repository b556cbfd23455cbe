import { isJsonObject } from '../json.ts'

/** What the process that stays tells the login step, as soon as it serves. */
export interface Ready {
  /** Of the metadata service. */
  url: string
  /** For later steps; secrets are in it. */
  environment: Readonly<Record<string, string>>
  /** A half of each secret, to be masked before anybody is told of the rest. */
  halves: readonly string[]
}

/** The login step's only message: everything is published, and the process is to go on without it. */
export const STAY = 'stay'
/** The answer to it. */
export const STAYS = 'stays'

const isText = (value: unknown): value is string => typeof value === 'string'

/** Undefined for any other message. */
export function readReady(message: unknown): Ready | undefined {
  if (!isJsonObject(message)) return undefined
  const { url, environment, halves } = message
  if (!isText(url) || !isJsonObject(environment) || !Array.isArray(halves) || !halves.every(isText)) return undefined
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => isText(entry[1]))
  return { url, environment: Object.fromEntries(entries), halves }
}
