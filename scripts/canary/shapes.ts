/** What a JSON value looks like, without what it says: names and types. */
export type Shape = string | readonly Shape[] | { readonly [name: string]: Shape }

/** An answer of a server: its status, and the shape of its body. */
export interface AnswerShape {
  readonly status: number
  /** The code of a refusal (RFC 6749, 5.2), which is a fixed word. */
  readonly error?: string | undefined
  readonly shape: Shape
}

export type Answers = Readonly<Record<string, AnswerShape>>

/** Of a list the first element counts. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, one]) => [name, shapeOf(one)]))
}

const isList = (shape: Shape): shape is readonly Shape[] => Array.isArray(shape)

function shapeDifferences(sandbox: Shape, real: Shape, at: string): string[] {
  if (typeof sandbox === 'string' || typeof real === 'string') {
    const told = (shape: Shape) => (typeof shape === 'string' ? shape : isList(shape) ? 'a list' : 'an object')
    return sandbox === real ? [] : [`${at} is ${told(real)}; the sandbox says ${told(sandbox)}.`]
  }
  if (isList(sandbox) || isList(real)) {
    if (!isList(sandbox) || !isList(real)) return [`${at} is a list on one side alone.`]
    const [[ours], [theirs]] = [sandbox, real]
    return ours === undefined || theirs === undefined ? [] : shapeDifferences(ours, theirs, `${at}[0]`)
  }
  return Object.entries(sandbox).flatMap(([name, ours]) => {
    const theirs = real[name]
    return theirs === undefined ? [`${at}.${name} is not there.`] : shapeDifferences(ours, theirs, `${at}.${name}`)
  })
}

/**
 * What the sandbox says of an answer and a real server does not: another status or code, a name that is not there, another
 * type. Names that only the real server has are no difference.
 */
export function differencesOf(sandbox: AnswerShape | undefined, real: AnswerShape, name: string): string[] {
  if (sandbox === undefined) return [`${name} is not among the answers of the sandbox.`]
  return [
    ...(sandbox.status === real.status ? [] : [`${name}: ${real.status}; the sandbox answers ${sandbox.status}.`]),
    ...(sandbox.error === real.error ? [] : [`${name}: ${real.error}; the sandbox answers ${sandbox.error}.`]),
    ...shapeDifferences(sandbox.shape, real.shape, name),
  ]
}
