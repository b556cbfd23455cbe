/** What expressions may name: `vars`, `secrets`, `steps`. */
export type Contexts = Readonly<Record<string, unknown>>

const EXPRESSION = /\$\{\{\s*([\w.-]+)\s*\}\}/g

function lookUp(contexts: Contexts, path: string): string {
  let found: unknown = contexts
  for (const name of path.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined
  }
  // The runner would put nothing there; a page that shows that is wrong.
  if (typeof found !== 'string') throw new Error(`there is nothing at ${path}`)
  return found
}

/**
 * A text with the value of each `${{ … }}` in its place. Only names are understood.
 *
 * @throws Error for a name without a value, and for any other expression
 */
export function resolveExpressions(text: string, contexts: Contexts): string {
  const resolved = text.replaceAll(EXPRESSION, (_whole, path: string) => lookUp(contexts, path))
  if (resolved.includes('${{')) throw new Error(`not a name: ${resolved}`)
  return resolved
}

/** Each value of a mapping with its expressions resolved, as text. */
export const resolveAll = (
  mapping: Readonly<Record<string, string | boolean | number>> | undefined,
  contexts: Contexts,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(mapping ?? {}).map(([name, value]) => [name, resolveExpressions(String(value), contexts)]),
  )

/** Names of the outputs of steps in a text, as `[step id, output]`. */
export const outputsNamedIn = (text: string): [id: string, output: string][] =>
  [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)].map(([, id = '', output = '']) => [id, output])
