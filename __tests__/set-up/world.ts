import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '../../sandbox/authority.ts'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type Answer, type ReceivedRequest, serve } from '../../sandbox/http-server.ts'
import { type EndedProcess, runProcess } from '../../sandbox/run-process.ts'
import { defaultAccountId, defaultWorkspaceId } from '../../sandbox/workspace.ts'
import { writeCommand } from '../docs/called.ts'
import { later } from '../sandbox/support.ts'
import { inRepository } from '../support/repository.ts'
import { AZURE_CONSOLE, CONSOLE, createDatabricks, type Databricks, type Workspace } from './databricks.ts'
import { createGitHub, type GitHub } from './github.ts'

export const prod = {
  host: 'dbc-a1b2c3d4-e5f6.cloud.databricks.com',
  id: defaultWorkspaceId,
  warehouse: '7d0c1f5b9a3e2486',
}
export const stage = {
  host: 'dbc-b2c3d4e5-f6a7.cloud.databricks.com',
  id: '7051921418418894',
  warehouse: '1a1b2c3d4e5f6a7b',
}

/** GitHub and Databricks behind one server on loopback that answers for all their names. */
export interface World {
  readonly github: GitHub
  readonly databricks: Databricks
  readonly requests: ReceivedRequest[]
  /** Requests that change something, as `POST /repos/…`. */
  changes(): string[]
  /** Sets what answers in place of the stand-ins, if it does. */
  fault: ((request: ReceivedRequest) => Answer | undefined) | undefined
  /** What every program needs to get there. */
  readonly way: Readonly<Record<string, string>>
}

const emptyWorkspace = ({ id, warehouse }: typeof prod): Workspace => ({
  id,
  members: new Map(),
  grants: new Map(),
  warehouses: new Map([[warehouse, new Map()]]),
})

const isLogin = ({ url }: ReceivedRequest): boolean => /^\/(oidc|telemetry|\.well-known)/.test(url.pathname)

export async function startWorld(...others: string[]): Promise<World> {
  const databricks = createDatabricks(new Map([prod, stage].map((one) => [one.host, emptyWorkspace(one)])))
  const github = createGitHub()
  const apis = ['api.github.com', ...others]
  const hosts = [CONSOLE, AZURE_CONSOLE, prod.host, stage.host, ...apis]
  const authority = await createAuthority()
  const tls = await authority.issue(CONSOLE, ...hosts)
  const answer = (request: ReceivedRequest): Answer => {
    const isGitHub = apis.includes(request.url.hostname)
    // Of Enterprise Server all of the API is below /api/v3.
    if (isGitHub) request.url.pathname = request.url.pathname.replace(/^\/api\/v3/, '')
    return world.fault?.(request) ?? (isGitHub ? github.answer(request) : databricks.answer(request))
  }
  const server = later(await serve(answer, { tls }))
  const routes = Object.fromEntries(hosts.map((host) => [`${host}:443`, server.port]))
  const proxy = later(await startConnectProxy({ routes }))
  const folder = newFolder()
  const file = join(folder, 'authority.pem')
  writeFileSync(file, authority.certificate)
  const world: World = {
    github,
    databricks,
    fault: undefined,
    requests: server.requests,
    changes: () =>
      server.requests
        .filter((request) => request.method !== 'GET' && !isLogin(request))
        .map(({ method, url }) => `${method} ${url.pathname}`),
    way: {
      HTTPS_PROXY: proxy.url,
      SSL_CERT_FILE: file,
      STAND_IN_PORT: String(server.port),
      STAND_IN_AUTHORITY: file,
    },
  }
  return world
}

/** A folder that is gone after the test. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'set-up-'))
  later({ close: async () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

const { CLIENTS_DATABRICKS_CLI = '', CLIENTS_BASH_3: bash3 = '' } = process.env

/** The Databricks CLI that the roles use: the real one where the machine has it, or what stands for it. */
export const isRealCli = CLIENTS_DATABRICKS_CLI !== ''

// Windows has no /bin/sh, and so no output of it.
function pathTo(program: string): string {
  const { stdout, status } = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}

/** The shells that the script is for, by name, and where this machine has them; '' where it has not. */
export const shells: Readonly<Record<string, string>> = {
  dash: pathTo('dash'),
  'bash 5': pathTo('bash'),
  'zsh, as sh': pathTo('zsh'),
  'bash 3.2': bash3,
}

/** The same as a list, for tests that run in each. */
export const inShells = Object.entries(shells).map(([name, path]) => ({ name, path }))

/** Why the set-up cannot be tried on this machine; undefined if it can. */
export function lackingHere(): string | undefined {
  if (process.platform === 'win32') return 'Windows has no POSIX shell of its own'
  const lacking = ['gh', 'jq', 'sh'].filter((program) => pathTo(program) === '')
  return lacking.length === 0 ? undefined : `not on PATH: ${lacking.join(', ')}`
}

/** Somebody's computer: a home, a shell and its programs. */
export interface Machine {
  readonly home: string
  readonly folder: string
  /** In place of `sh set-up.sh …`. */
  run(words: readonly string[], options?: RunOptions): Promise<EndedProcess>
  /** Each call of its Databricks CLI, as one line. */
  calls(): string[]
  /** Each login that its browser has seen. */
  logins(): { hostname: string; home: string }[]
  /** Writes a program in front of all others. */
  program(name: string, script: string): void
}

interface RunOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Words between the shell and the script. */
  readonly before?: readonly string[]
  /** Path of another script, in the machine's folder. */
  readonly script?: string
  readonly started?: (child: { readonly pid?: number | undefined }) => void
}

interface MachineOptions {
  /** What it has as `sh`. */
  readonly shell?: string
  /** Whether it has what stands for the Databricks CLI even where the real one is. */
  readonly standsIn?: boolean
}

/** A machine with a home of its own. */
export function newMachine(world: World, { shell = '/bin/sh', standsIn = !isRealCli }: MachineOptions = {}): Machine {
  const folder = newFolder()
  const [home, bin, temp] = [join(folder, 'home'), join(folder, 'bin'), join(folder, 'tmp')]
  const browsed = join(folder, 'browsed')
  for (const made of [home, bin, temp]) mkdirSync(made)
  const node = `'${process.execPath}'`
  const stands = (name: string) => `'${inRepository('__tests__', 'set-up', name)}'`
  // It does not wait for the page, as one that is open already does not.
  writeCommand(
    bin,
    'browser',
    `#!/bin/sh\n${node} ${stands('browser.mjs')} '${browsed}' "$1" > ${folder}/browser.log 2>&1 &\n`,
  )
  const cli = !standsIn ? `'${pathTo(CLIENTS_DATABRICKS_CLI)}'` : `${node} ${stands('databricks-cli.mjs')}`
  const calls = join(folder, 'calls')
  writeCommand(bin, 'databricks', `#!/bin/sh\necho "$*" >> '${calls}'\nexec ${cli} "$@"\n`)
  // Called so, bash and zsh do as POSIX has it.
  const sh = join(bin, 'sh')
  symlinkSync(shell, sh)
  cpSync(inRepository('setup', 'set-up.sh'), join(folder, 'set-up.sh'))
  return {
    home,
    folder,
    run: (words, { environment, before = [], script = 'set-up.sh', started } = {}) =>
      runProcess(
        {
          command: [sh, ...before, script, ...words],
          environment: {
            PATH: `${bin}:${process.env['PATH']}`,
            HOME: home,
            TMPDIR: temp,
            BROWSER: join(bin, 'browser'),
            GH_TOKEN: 'gho_of_somebody',
            GH_CONFIG_DIR: join(home, 'gh'),
            ...world.way,
            ...environment,
          },
          folder,
          timeoutSeconds: 60,
          started,
        },
        () => {},
      ),
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    logins: () =>
      existsSync(browsed)
        ? readFileSync(browsed, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    program: (name, script) => writeCommand(bin, name, script),
  }
}

/** What is in the temporary folder of a machine. */
export const leftOver = ({ folder }: Machine): string[] => readdirSync(join(folder, 'tmp'))

/** Every file below a folder, with its content. */
export function filesIn(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    found.map((entry) => [
      join(entry.parentPath, entry.name).slice(folder.length),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  )
}

/** The line that a role prints for the next person, as words. */
export function nextWords({ stdout }: EndedProcess): string[] {
  const line = stdout.split('\n').findLast((one) => one.startsWith('sh set-up.sh '))
  if (line === undefined) throw new Error(`no line for the next person: ${stdout}`)
  const { stdout: words } = spawnSync('/bin/sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
  return words.trimEnd().split('\n').slice(2)
}

/** The commands that a role prints for its reader to decide on. */
export const offered = ({ stdout }: EndedProcess): string[] =>
  stdout.split('\n').flatMap((line) => (line.startsWith('    gh api ') ? [line.trim()] : []))

/** What is asked for, of a repository and a stage. */
export const valuesOf = (repo: string, environment: string, { host, id, warehouse }: typeof prod): string[] => [
  `repo=${repo}`,
  `environment=${environment}`,
  'branch=main',
  `account_id=${defaultAccountId}`,
  `workspace=https://${host}`,
  `workspace_id=${id}`,
  `warehouse_id=${warehouse}`,
  'catalog=main',
  'schema=analytics',
]

/** Runs all roles, each as the line before says, and each on a machine that `machineFor` gives. */
export async function runAll(
  words: readonly string[],
  machineFor: (role: string) => Machine,
): Promise<Record<string, EndedProcess>> {
  const ended: Record<string, EndedProcess> = {}
  let next = ['github', ...words]
  while (next[0] !== undefined) {
    const [role] = next
    const result = await machineFor(role).run([...next, '--apply'])
    ended[role] = result
    if (result.exitCode !== 0 || role === 'variables') return ended
    next = nextWords(result)
  }
  return ended
}
