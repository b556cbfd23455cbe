import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runProcess } from '../../sandbox/run-process.ts'
import { prove } from '../prove.ts'
import { placeOf } from '../setup/parts.ts'

const root = join(import.meta.dirname, '..', '..')

const workflowsIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(folder, name))

const ours = [...workflowsIn('.github/workflows'), ...workflowsIn('clients/workflows')]

async function check(program: string, parameters: readonly string[]): Promise<void> {
  const environment = { PATH: process.env['PATH'] }
  const ended = await runProcess({ command: [program, ...parameters], environment, folder: root }, () => {})
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
}

prove('actionlint', () => check(placeOf('actionlint', 'actionlint'), ours))

prove('zizmor', () => check(placeOf('checks', 'zizmor'), ['--offline', '--no-progress', ...ours, 'action.yml']))

// `npm run check` is without these files: their types come with the clients.
test('the types of clients/ hold', { timeout: 120_000 }, () =>
  check(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'clients/tsconfig.json']),
)
