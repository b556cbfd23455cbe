import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

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

/** The version of the Databricks CLI, and whether somebody built it from source: then it knows no commit of its own. */
export function versionOfCli(): string {
  const { stdout } = spawnSync(databricksCli, ['version', '--output', 'json'], { encoding: 'utf8' })
  const { Version: version, FullCommit: commit }: { Version: string; FullCommit: string } = JSON.parse(stdout)
  return /^0*$/.test(commit) ? `${version}, built from source` : version
}

/** The version of the provider in the mirror. What a registry has is packed there, what somebody built is not. */
export function versionOfProvider(): string {
  const names = readdirSync(join(terraformMirror, 'registry.terraform.io', 'databricks', 'databricks'))
  const [version = 'no version'] = /\d+\.\d+\.\d+/.exec(names.join()) ?? []
  return names.some((name) => name.endsWith('.zip')) ? version : `${version}, built from source`
}
