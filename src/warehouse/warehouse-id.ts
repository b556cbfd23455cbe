import { ActionError } from '../errors.ts'
import { parseHost } from '../host.ts'
import { printable } from '../text.ts'
import type { Warehouse } from './api.ts'

const WAREHOUSE_PATH = /^\/?sql\/1\.0\/(?:warehouses|endpoints)\/([\w-]+)\/?$/

function namedIn({ DATABRICKS_WAREHOUSE_ID: id = '', DATABRICKS_HTTP_PATH: path = '' }: NodeJS.ProcessEnv) {
  if (id === '') return WAREHOUSE_PATH.exec(path)?.[1]
  if (/^[\w-]+$/.test(id)) return id
  throw new ActionError('WAREHOUSE_MISSING', 'DATABRICKS_WAREHOUSE_ID is not the id of a warehouse. Nothing was run.')
}

interface Named {
  /** Of the login. */
  origin: string
  /** As the call names it. */
  given: string | undefined
  environment: NodeJS.ProcessEnv
}

// Databricks makes ids of this form. Everything else is taken for a name.
const ID = /^[0-9a-f]{16}$/

const missing = (happened: string, usable: readonly Warehouse[]): ActionError => {
  const listed = usable.map(({ id, name }) => `${id}  ${printable(name)}`).join('\n')
  return new ActionError('WAREHOUSE_MISSING', happened + (listed === '' ? '' : ` This principal may use:\n${listed}\n`))
}

async function idOfName(given: string, list: () => Promise<Warehouse[]>): Promise<string> {
  const all = await list()
  const [found, ...others] = all.filter(({ name }) => name === given)
  // The name is not repeated: what was put in the wrong place may be a secret.
  if (found === undefined) throw missing('No warehouse has the name that --warehouse gives. Nothing was run.', all)
  if (others.length === 0) return found.id
  const happened = `${others.length + 1} warehouses have the name that --warehouse gives: name one by its id. Nothing was run.`
  throw missing(happened, [found, ...others])
}

/**
 * The id of the warehouse that a call names, by its id or its name, or else its environment, by its id. None is ever chosen
 * unasked.
 *
 * @param list those that may be used
 * @throws ActionError WAREHOUSE_MISSING, and those of `list` for a name
 */
export async function warehouseId(
  { origin, given, environment }: Named,
  list: () => Promise<Warehouse[]>,
): Promise<string> {
  if (parseHost(origin, true).kind === 'account') {
    throw new ActionError('WAREHOUSE_MISSING', 'This login is to an account console, which has no warehouses.', {
      advice: 'Log in to a workspace, and run the statement there.',
    })
  }
  if (given !== undefined) return ID.test(given) ? given : idOfName(given, list)
  const id = namedIn(environment)
  if (id !== undefined) return id
  throw missing('No warehouse is named, and none is chosen unasked.', await list().catch(() => []))
}
