import { openSqlEngine } from '../../sandbox/sqlite.ts'
import { type LoggedInJob, type LoggedInJobOptions, loggedInJob } from './logged-in-job.ts'

/** Whether the Node that runs has an SQL engine. */
export const hasSqlite = openSqlEngine() !== undefined
if (!hasSqlite) console.warn(`SQL is not run here: Node ${process.version} has no node:sqlite.`)

/** A job that is logged in, and knows the warehouse. */
export async function sqlJob(options: LoggedInJobOptions = {}): Promise<LoggedInJob> {
  const warehouse = { DATABRICKS_WAREHOUSE_ID: '7d0c1f5b9a3e2486' }
  return loggedInJob({ ...options, environment: { ...warehouse, ...options.environment } })
}

/** SQL that makes this many rows `i`, `name`. */
export const rows = (count: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i, 'row ' || i AS name FROM n`

/** Code of the one annotation of a failure; `none` without one. */
export const annotationIn = (stderr: string): string => {
  const [first, ...more] = [
    ...stderr.matchAll(/^::error title=databricks-token failed \((\w+)\)(?:,file=[^:]+,line=\d+)?::/gm),
  ]
  if (more.length > 0) return 'several'
  return first?.[1] ?? 'none'
}
