import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runProcess } from '../../../sandbox/run-process.ts'
import { writeCommand } from '../../docs/called.ts'
import { needs } from '../../support/needs.ts'
import { inRepository } from '../../support/repository.ts'

needs('bash')
needs('scripts as programs')
needs('jq')

const clientId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const subject = 'repo:my-org@65/login@74:environment:canary'
const values = [
  ...['repo=my-org/login', 'account_id=5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'],
  ...['workspace=https://dbc-a1b2c3d4-e5f6.cloud.databricks.com', 'workspace_id=605', 'warehouse_id=7d0c1f5b9a3e2486'],
]

// In place of setup/set-up.sh, whose own tests are elsewhere: keeps what it is called with, and says what it documents.
const setUp = (folder: string) => `#!/bin/sh
echo "$*" >> '${folder}/roles'
if [ -e '${folder}/differs' ] && [ "$1" = "$(cat '${folder}/differs')" ]; then echo '! it differs'; exit 2; fi
case "$1 $2" in
  github*) echo '= subject ${subject}' ;;
  'account --apply') echo 'sh set-up.sh workspace client_id=${clientId} workspace_id=605' ;;
esac
`

// Variables of a repository, with what was set in a file.
const gh = (folder: string) => `#!/bin/bash
file='${folder}/variables.json'; [ -e "$file" ] || echo '{}' > "$file"
echo "$*" >> '${folder}/calls'
name="$(grep -oE 'name=[A-Z_]+' <<< "$*" | cut -d= -f2)"
value="$(grep -oE 'value=[^ ]+' <<< "$*" | cut -d= -f2-)"
if [[ "$*" == *dispatches* ]]; then exit 0; fi
if [ -z "$name" ]; then
  path="\${2##*/}"
  jq --exit-status -r --arg name "$path" '.[$name] // empty' "$file" || { echo '{"message": "Not Found"}'; exit 1; }
else
  jq --arg name "$name" --arg value "$value" '.[$name] = $value' "$file" > "$file.new" && mv "$file.new" "$file"
fi
`

function start() {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['scripts', 'setup']) mkdirSync(join(folder, name))
  cpSync(inRepository('scripts', 'set-up-canary.sh'), join(folder, 'scripts', 'set-up-canary.sh'))
  writeFileSync(join(folder, 'setup', 'set-up.sh'), setUp(folder))
  writeCommand(join(folder, 'bin'), 'gh', gh(folder))
  const run = (...words: string[]) =>
    runProcess(
      {
        command: ['bash', join(folder, 'scripts', 'set-up-canary.sh'), ...words],
        environment: { PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) },
        folder,
      },
      () => {},
    )
  const linesOf = (name: string): string[] => {
    const path = join(folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  }
  const variables = () => JSON.parse(readFileSync(join(folder, 'variables.json'), 'utf8'))
  return { run, linesOf, variables, differ: (role: string) => writeFileSync(join(folder, 'differs'), role) }
}

test('one command makes all of it, and twice is once', async () => {
  const { run, linesOf, variables } = start()
  const first = await run('--apply', ...values)
  expect([first.exitCode, first.stderr]).toEqual([0, ''])
  const all = values.join(' ')
  expect(linesOf('roles')).toEqual([
    `github --apply branch=main environment=canary ${all}`,
    `account --apply branch=main environment=canary subject=${subject} ${all}`,
    `workspace --apply client_id=${clientId} ${all}`,
  ])
  expect(variables()).toEqual({
    CANARY_ACCOUNT_ID: '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495',
    CANARY_CLIENT_ID: clientId,
    CANARY_WAREHOUSE_ID: '7d0c1f5b9a3e2486',
    CANARY_HOST: 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com',
  })
  expect(linesOf('calls').at(-1)).toContain('workflows/canary.yml/dispatches')
  const again = await run('--apply', ...values)
  expect(again.stdout.match(/^= CANARY_\w+$/gm)?.length).toBe(4)
})

test('without --apply nothing is changed', async () => {
  const { run, linesOf } = start()
  const ended = await run(...values)
  expect([ended.exitCode, linesOf('calls')]).toEqual([0, []])
  expect(ended.stdout).toContain('The rest needs the principal, which --apply makes.')
})

test('what differs ends it, and no variable is set', async () => {
  const { run, linesOf, differ } = start()
  differ('account')
  const ended = await run('--apply', ...values)
  expect([ended.exitCode, ended.stdout]).toEqual([2, expect.stringContaining('! it differs')])
  expect([linesOf('roles').length, linesOf('calls')]).toEqual([2, []])
})

test.each([
  [values.slice(1), 'repo= is missing.'],
  [[...values, 'branch=feature'], 'branch=feature is none of the values above.'],
])('%j is refused before anything is asked', async (words, why) => {
  const { run, linesOf } = start()
  const ended = await run('--apply', ...words)
  expect([ended.exitCode, ended.stderr]).toEqual([1, `set-up-canary: ${why}\n`])
  expect(linesOf('roles')).toEqual([])
})
