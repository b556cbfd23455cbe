// dbsqlcli where it is installed (bench/dbsqlcli.txt), and a warehouse that speaks its protocol: the one of clients/, whose
// packages are there once `npm run test:clients` has run.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ThriftWarehouse } from '../sandbox/sql-drivers.ts'
import type { WarehouseOptions } from '../sandbox/statements.ts'

const root = join(import.meta.dirname, '..')
const packages = join(root, '.clients', 'npm', 'node_modules')
const program = join(root, '.clients', 'venv-dbsqlcli', 'bin', 'dbsqlcli')

export const isInstalled = existsSync(program) && existsSync(packages)

/** A static token, read once. Without `--clirc` its first run on a machine writes a configuration and exits with 1. */
export const script = `export DBSQLCLI_HOST_NAME=$DATABRICKS_SERVER_HOSTNAME
export DBSQLCLI_HTTP_PATH=/sql/1.0/warehouses/$WAREHOUSE_ID
export DBSQLCLI_ACCESS_TOKEN=$DATABRICKS_TOKEN
${program} --clirc /dev/null --execute queries/nightly.sql > out.csv`

type Execution = { readonly table: object; readonly milliseconds: number } | { readonly refusal: object }
type Run = (statement: string, session: object) => Execution

interface Clients {
  openDatabase(): { readonly run: Run }
  openWarehouse(options: { readonly run: Run }): { readonly answer: ThriftWarehouse }
}

async function load(): Promise<Clients> {
  const parentURL = pathToFileURL(join(packages, 'of-clients.js')).href
  registerHooks({
    resolve: (name, context, next) =>
      next(name, /^(@databricks\/sql|thrift|node-int64)(\/|$)/.test(name) ? { ...context, parentURL } : context),
  })
  const file = (name: string) => pathToFileURL(join(root, 'clients', 'thrift', name)).href
  return { ...(await import(file('database.ts'))), ...(await import(file('warehouse.ts'))) }
}

interface ThriftOptions extends Pick<WarehouseOptions, 'startSeconds'> {
  /** Of an answer's rows only `length` and `slice` are used, so that they need not be there before they are asked for. */
  readonly recorded?: readonly { readonly statement: RegExp; readonly answer: object }[] | undefined
}

/** A Thrift warehouse that does what the sandbox's own does by these options; `state` is that of its last statement. */
export async function thriftWarehouse({ startSeconds = 0, recorded = [] }: ThriftOptions = {}) {
  const { openDatabase, openWarehouse } = await load()
  const database = openDatabase()
  let state: string | undefined
  let doneAt = 0
  const run: Run = (statement, session) => {
    const known = recorded.find((one) => one.statement.test(statement))?.answer
    const sleep = "java_method('java.lang.Thread', 'sleep', cast($1000 as bigint))"
    const execution = known
      ? { table: known, milliseconds: 1000 * Number(/\bpause\((\d+)\)/.exec(statement)?.[1] ?? 0) }
      : database.run(statement.replace(/\bpause\((\d+)\)/, sleep), session)
    state = 'refusal' in execution ? 'FAILED' : 'RUNNING'
    if ('refusal' in execution) return execution
    const milliseconds = execution.milliseconds + startSeconds * 1000
    doneAt = Date.now() + milliseconds
    return { ...execution, milliseconds }
  }
  const warehouse = openWarehouse({ run })
  const stateNow = () => (state === 'RUNNING' && Date.now() >= doneAt ? 'SUCCEEDED' : state)
  const answer: ThriftWarehouse = (message, user) => {
    // The binary protocol: a version, then the length of the call's name, then the name.
    const call = message.subarray(8, 8 + message.readUInt32BE(4)).toString()
    if (stateNow() === 'RUNNING' && /^(Cancel|Close)/.test(call)) state = 'CANCELED'
    return warehouse.answer(message, user)
  }
  return { answer, state: stateNow }
}
