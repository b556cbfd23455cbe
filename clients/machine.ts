import { spawnSync } from 'node:child_process'

/**
 * What no registry of packages has, so that this run cannot install it. Where it is on the machine, two variables say:
 *
 * - `CLIENTS_DATABRICKS_CLI`: the Databricks CLI, as a path or as a name on `PATH`
 * - `CLIENTS_TERRAFORM_MIRROR`: a folder as `terraform providers mirror` makes it in `clients/programs/terraform`
 */
const { CLIENTS_DATABRICKS_CLI, CLIENTS_TERRAFORM_MIRROR } = process.env

export const databricksCli = CLIENTS_DATABRICKS_CLI ?? ''
export const terraformMirror = CLIENTS_TERRAFORM_MIRROR ?? ''

const problem = (value: string, variable: string) =>
  value === '' ? `no registry has it, and ${variable} is not set` : undefined

/** Why it is not there; undefined if it is. */
export const machineProblems = {
  'databricks-cli': () => problem(databricksCli, 'CLIENTS_DATABRICKS_CLI'),
  'terraform-mirror': () => problem(terraformMirror, 'CLIENTS_TERRAFORM_MIRROR'),
} as const

export type MachinePart = keyof typeof machineProblems

/** What the Databricks CLI of this machine says of its version: one that was built from source has none of its own. */
export function versionOfCli(): string {
  const { stdout } = spawnSync(databricksCli, ['version'], { encoding: 'utf8' })
  const [, version = 'no version'] = /v(\d\S*)/.exec(stdout) ?? []
  return version.includes('-dev') ? `${version}, built from source` : version
}
