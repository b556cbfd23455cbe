/** What may stand in a block or object, as a provider documents it. */
export interface Shape {
  readonly required?: readonly string[]
  readonly optional?: readonly string[]
  /** Exactly one of these. */
  readonly oneOf?: readonly string[]
  /** Nested blocks (`name { … }`). */
  readonly blocks?: Readonly<Record<string, Shape & { readonly isRequired?: boolean }>>
  /** Arguments that are objects (`name = { … }`), which Terraform does not take as blocks. */
  readonly objects?: Readonly<Record<string, Shape>>
  /** What an argument, or each entry of a list, may be where it is written out. */
  readonly values?: Readonly<Record<string, readonly string[]>>
}

/** HCL as the parser gives it: a block is a list of objects, an object argument is an object. */
export type Body = Readonly<Record<string, unknown>>

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isBlock = (value: unknown): value is readonly Body[] =>
  Array.isArray(value) && value.length > 0 && value.every(isBody)

const isWrittenOut = (value: unknown): value is string => typeof value === 'string' && !value.includes('${')

function* unknownNames(body: Body, shape: Shape, meta: readonly string[]): Generator<string> {
  const { required = [], optional = [], oneOf = [], blocks = {}, objects = {} } = shape
  const known = [...meta, ...required, ...optional, ...oneOf, ...Object.keys(blocks), ...Object.keys(objects)]
  for (const name of Object.keys(body)) if (!known.includes(name)) yield `${name} is not documented`
}

function* missingNames(body: Body, { required = [], oneOf = [], blocks = {} }: Shape): Generator<string> {
  for (const name of required) if (!(name in body)) yield `${name} is missing`
  const chosen = oneOf.filter((name) => name in body)
  if (oneOf.length > 0 && chosen.length !== 1) yield `exactly one of ${oneOf.join(', ')} is needed`
  for (const [name, block] of Object.entries(blocks)) {
    if (block.isRequired && !(name in body)) yield `the block ${name} is missing`
  }
}

function* wrongValues(body: Body, { values = {} }: Shape): Generator<string> {
  for (const [name, allowed] of Object.entries(values)) {
    for (const value of [body[name]].flat().filter(isWrittenOut)) {
      if (!allowed.includes(value)) yield `${name} is no ${value}`
    }
  }
}

/**
 * What is wrong with a block, by what its provider documents; empty if nothing is.
 *
 * @param meta arguments that Terraform itself adds
 */
export function faultsOf(body: Body, shape: Shape, meta: readonly string[] = []): string[] {
  const { blocks = {}, objects = {} } = shape
  const faults = [...unknownNames(body, shape, meta), ...missingNames(body, shape), ...wrongValues(body, shape)]
  for (const [name, value] of Object.entries(body)) {
    const [block, object] = [blocks[name], objects[name]]
    if (block && !isBlock(value)) faults.push(`${name} is a block: ${name} { … }`)
    if (object && !isBody(value)) faults.push(`${name} is an argument: ${name} = { … }`)
    if (!block && !object && !meta.includes(name) && isBlock(value)) faults.push(`${name} is no block`)
    if (block && isBlock(value)) faults.push(...value.flatMap((one) => faultsOf(one, block)))
    if (object && isBody(value)) faults.push(...faultsOf(value, object))
  }
  return faults
}
