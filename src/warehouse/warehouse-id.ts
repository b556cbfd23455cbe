import { ActionError } from '../errors.ts'
import { parseHost } from '../host.ts'

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

/**
 * The id of the warehouse that a call names, or else its environment. None is ever chosen unasked.
 *
 * @param list names and ids of those that may be used, a line each: for the error
 * @throws ActionError WAREHOUSE_MISSING
 */
export async function warehouseId({ origin, given, environment }: Named, list: () => Promise<string>): Promise<string> {
  if (parseHost(origin, true).kind === 'account') {
    throw new ActionError('WAREHOUSE_MISSING', 'This login is to an account console, which has no warehouses.', {
      advice: 'Log in to a workspace, and run the statement there.',
    })
  }
  const id = given ?? namedIn(environment)
  if (id !== undefined) return id
  const listed = await list().catch(() => '')
  const usable = listed === '' ? '' : ` This principal may use:\n${listed}\n`
  throw new ActionError('WAREHOUSE_MISSING', `No warehouse is named, and none is chosen unasked.${usable}`)
}
