const scalars = {
  text: (value) => typeof value === 'string' && value !== '',
  number: (value) => /^\d+$/.test(String(value)),
  boolean: (value) => typeof value === 'boolean',
  uuid: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(value)),
  privilege: (value) => /^[A-Z]+(_[A-Z]+)*$/.test(String(value)),
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

function faultsInScalar(value, shape, at) {
  const fits = scalars[shape] ?? ((one) => shape.split('|').includes(one))
  return fits(value) ? [] : [`${at} is no ${shape}`]
}

function faultsInList(value, shape, at, length) {
  if (!Array.isArray(value)) return [`${at} is no list`]
  if (length !== undefined && value.length !== length) return [`${at}: ${length} needed, ${value.length} given`]
  return value.flatMap((one, index) => faultsIn(one, shape[index] ?? shape[0], `${at}[${index}]`))
}

function faultsInObject(value, shape, at) {
  if (!isObject(value)) return [`${at} is no object`]
  const shapes = Object.fromEntries(Object.entries(shape).map(([name, one]) => [name.replace(/!$/, ''), one]))
  const missing = Object.keys(shape).filter((name) => name.endsWith('!') && !(name.slice(0, -1) in value))
  return [
    ...missing.map((name) => `${at}.${name.slice(0, -1)} is missing`),
    ...Object.entries(value).flatMap(([name, one]) =>
      name in shapes ? faultsIn(one, shapes[name], `${at}.${name}`) : [`${at}.${name} is unknown`],
    ),
  ]
}

/**
 * What is wrong with a value: `text`, `number`, `a|b`; a list of one shape; an object whose names end in `!` where
 * they are needed. Names that the shape does not have are wrong, too.
 */
export function faultsIn(value, shape, at, length) {
  if (typeof shape === 'string') return faultsInScalar(value, shape, at)
  return Array.isArray(shape) ? faultsInList(value, shape, at, length) : faultsInObject(value, shape, at)
}
