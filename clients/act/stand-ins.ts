import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from './checkout.ts'

/** An action in place of another: a script, and the inputs that it reads from its environment. */
interface StandIn {
  readonly script: string
  /** By the name of the input: the variable that the script reads. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly outputs?: readonly string[]
}

/** The file of an action that runs a script in place of another action. */
export const standIn = ({ script, inputs = {}, outputs = [] }: StandIn): Files => ({
  'action.yml': JSON.stringify({
    name: 'stands for another action',
    inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, { default: '' }])),
    outputs: Object.fromEntries(outputs.map((name) => [name, { value: `\${{ steps.it.outputs.${name} }}` }])),
    runs: {
      using: 'composite',
      steps: [
        {
          id: 'it',
          shell: 'bash',
          run: script,
          env: Object.fromEntries(
            Object.entries(inputs).map(([name, variable]) => [variable, `\${{ inputs.${name} }}`]),
          ),
        },
      ],
    },
  }),
})

const scripts = join(import.meta.dirname, 'stand-ins')

/** Writes a command for the steps of a job, in a folder that is put on its path. */
export function writeCommand(folder: string, name: string, script: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), script)
  chmodSync(join(folder, name), 0o755)
}

/** Writes the stand-in for `gh`. */
export const writeGh = (folder: string): void =>
  writeCommand(folder, 'gh', `#!/bin/sh\nexec '${process.execPath}' '${join(scripts, 'gh.mjs')}' "$@"\n`)

/**
 * What stands for GitHub's own actions in a release. The checkout comes from the bare repository in `STAND_IN_REMOTE`,
 * artifacts lie in `STAND_IN_STATE`, and attestations are kept there as digests.
 */
export const releaseActions: Readonly<Record<string, Files>> = {
  'actions/checkout': standIn({
    inputs: { 'fetch-depth': 'DEPTH', 'persist-credentials': 'CREDENTIALS' },
    script: [
      'find . -mindepth 1 -delete',
      'git init --quiet . && git remote add origin "$STAND_IN_REMOTE"',
      "git fetch --quiet --tags origin '+refs/heads/*:refs/remotes/origin/*'",
      'case "$GITHUB_REF" in',
      '  refs/tags/*) git checkout --quiet --detach "$GITHUB_REF" ;;',
      '  *) git checkout --quiet --detach "origin/$GITHUB_REF_NAME" ;;',
      'esac',
    ].join('\n'),
  }),
  'actions/setup-node': standIn({
    inputs: { 'node-version-file': 'FILE', 'package-manager-cache': 'CACHE' },
    script: 'node --version',
  }),
  'actions/upload-artifact': standIn({
    inputs: { name: 'NAME', path: 'FROM', 'if-no-files-found': 'NONE', 'retention-days': 'DAYS' },
    script: [
      'to="$STAND_IN_STATE/artifacts/$NAME"',
      '[ ! -e "$to" ] || { echo "an artifact of this name exists"; exit 1; }',
      'mkdir -p "$to" && cp -r "$FROM"/. "$to"',
    ].join('\n'),
  }),
  'actions/download-artifact': standIn({
    inputs: { name: 'NAME', path: 'TO' },
    script: '[ -n "$TO" ] || TO=.; mkdir -p "$TO" && cp -r "$STAND_IN_STATE/artifacts/$NAME"/. "$TO"',
  }),
  'actions/attest': standIn({
    inputs: { 'subject-path': 'SUBJECT_PATH', 'sbom-path': 'SBOM_PATH' },
    outputs: ['bundle-path'],
    script: `node '${join(scripts, 'attest.mjs')}'`,
  }),
}
