import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { worldFor } from '../logged-in.ts'
import type { World, WorldOptions } from '../world.ts'
import type { Files } from './checkout.ts'
import { type ActOptions, runAct } from './run.ts'

const textOf = (name: string): string =>
  readFileSync(join(import.meta.dirname, '..', 'workflows', `${name}.yml`), 'utf8')

/** What a workflow takes beside its text. */
export type More = (world: World) => Partial<ActOptions> | Promise<Partial<ActOptions>>

/** Runs a workflow of `clients/workflows/` in a world of its own; its log holds no secret. */
export async function run(test: TestContext, name: string, more: More = () => ({}), options: WorldOptions = {}) {
  const world = await worldFor(test, options)
  const ran = await runAct({ world, workflow: textOf(name), ...(await more(world)) })
  expect(secretsIn(ran.log, world)).toEqual([])
  return { ...ran, world }
}

// Whole tokens, signatures and the runner's request token: none of them may be in anything that act writes.
export function secretsIn(text: string, { runner, production, staging }: World): string[] {
  const issued = [...production.exchanges, ...staging.exchanges].flatMap(({ accessToken, form }) => [
    accessToken ?? '',
    form['subject_token'] ?? '',
  ])
  const signatures = issued.map((token) => token.split('.')[2] ?? '')
  const secrets = [...issued, ...signatures, runner.requestToken].filter((secret) => secret !== '')
  // Their ends alone, so that a failure prints no token.
  return secrets.filter((secret) => text.includes(secret)).map((secret) => `…${secret.slice(-6)}`)
}

/** A composite action of `clients/workflows/`, as a workflow's repository holds it. */
export const composite = (name: string): Files => ({ [`.github/actions/${name}/action.yml`]: textOf(`${name}/action`) })

/** Files and folders of `clients/programs/`, by path. */
export function programs(...paths: readonly string[]): Files {
  const root = join(import.meta.dirname, '..', 'programs')
  const under = (path: string): string[] =>
    statSync(join(root, path)).isFile()
      ? [path]
      : readdirSync(join(root, path)).flatMap((name) => under(join(path, name)))
  return Object.fromEntries(paths.flatMap(under).map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}
