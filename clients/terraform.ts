import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bring } from './logged-in.ts'
import { terraformMirror } from './machine.ts'
import type { World } from './world.ts'

export const QUIET = '-input=false -no-color'

/** The beginning of a script: Terraform with the provider of the mirror, ready to apply `clients/programs/terraform`. */
export function terraform(world: World): string {
  bring(world, 'terraform')
  const mirror = `provider_installation {\n  filesystem_mirror {\n    path = "${terraformMirror}"\n  }\n}\n`
  writeFileSync(join(world.runner.temp, 'terraformrc'), mirror)
  return `
export TF_CLI_CONFIG_FILE="$RUNNER_TEMP/terraformrc" CHECKPOINT_DISABLE=1
cd terraform
terraform init ${QUIET}
`
}
