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
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startConnectProxy } from '../../sandbox/connect-proxy.ts'
import { type Answer, type ReceivedRequest, serve } from '../../sandbox/http-server.ts'
import { type EndedProcess, runProcess } from '../../sandbox/run-process.ts'
import { defaultAccountId, defaultWorkspaceId } from '../../sandbox/workspace.ts'
import { writeCommand } from '../docs/called.ts'
import { later } from '../sandbox/support.ts'
import { inRepository } from '../support/repository.ts'
import { sharedAuthority } from '../support/shared-authority.ts'
import { AZURE_CONSOLE, CONSOLE, createDatabricks, type Databricks, type Workspace } from './databricks.ts'
import { databricksCli } from './databricks-cli.ts'
import { createGitHub, type GitHub } from './github.ts'
import { githubCli } from './github-cli.ts'
import { type Program, servePrograms } from './programs.ts'
import { type Ask, askingAt } from './requests.ts'

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
  /** How what stands for a program gets there. */
  readonly ask: Ask
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
  const authority = await sharedAuthority()
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
    way: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: file },
    ask: askingAt(server.port, authority.certificate),
  }
  return world
}

/** A folder that is gone after the test. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'set-up-'))
  later({ close: async () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

const { CLIENTS_DATABRICKS_CLI = '', CLIENTS_BASH_3 = '', SET_UP_PROGRAMS } = process.env

/** Whether the script runs with the programs of this machine and in all of its shells, as `npm run test:set-up` has it. */
const usesInstalled = SET_UP_PROGRAMS === 'installed'

/** The Databricks CLI that the roles use: the real one where the machine has it, or what stands for it. */
export const isRealCli = usesInstalled && CLIENTS_DATABRICKS_CLI !== ''

// Windows has no /bin/sh, and so no output of it.
function pathTo(program: string): string {
  const { stdout, status } = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : ''
}

/** A shell, and where this machine has it; '' where it has not. */
export interface SetUpShell {
  readonly name: string
  readonly path: string
}

export const bash: SetUpShell = { name: 'bash 5', path: pathTo('bash') }

/** The shells that a test runs in which is about shells: all that the script is for, or the one of this machine. */
export const inShells: readonly SetUpShell[] = usesInstalled
  ? [
      { name: 'dash', path: pathTo('dash') },
      bash,
      { name: 'zsh, as sh', path: pathTo('zsh') },
      { name: 'bash 3.2', path: CLIENTS_BASH_3 },
    ]
  : [{ name: 'sh', path: '/bin/sh' }]

/** Why the set-up cannot be tried on this machine; undefined if it can. */
export function lackingHere(): string | undefined {
  if (process.platform === 'win32') return 'Windows has no POSIX shell of its own'
  const lacking = ['jq', 'sh', 'mkfifo', ...(usesInstalled ? ['gh'] : [])].filter((program) => pathTo(program) === '')
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
  logins(): readonly Login[]
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

interface Login {
  readonly hostname: string
  readonly home: string
}

// Stands for a browser in which somebody is logged in: it goes back to where the login came from.
const browser =
  (logins: Login[]): Program =>
  async ({ words: [link = ''], environment: { HOME: home } }) => {
    const { searchParams, hostname } = new URL(link)
    logins.push({ hostname, home })
    const back = new URL(searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', 'code')
    back.searchParams.set('state', searchParams.get('state') ?? '')
    get(back, (response) => response.resume())
    return {}
  }

/** A machine with a home of its own. */
export function newMachine(world: World, { shell = '/bin/sh', standsIn = !isRealCli }: MachineOptions = {}): Machine {
  const folder = newFolder()
  const [home, bin, temp] = [join(folder, 'home'), join(folder, 'bin'), join(folder, 'tmp')]
  for (const made of [home, bin, temp]) mkdirSync(made)
  const logins: Login[] = []
  const standIns = { browser: browser(logins), databricks: databricksCli(world.ask), gh: githubCli(world.ask) }
  const scriptOf = servePrograms(folder, standIns)
  writeCommand(bin, 'browser', `#!/bin/sh\n${scriptOf('browser')}`)
  if (!usesInstalled) writeCommand(bin, 'gh', `#!/bin/sh\n${scriptOf('gh')}`)
  const calls = join(folder, 'called')
  // A login may ask for something, and then reads what comes.
  const stand = `[ "$1 $2" != 'auth login' ] || cat > /dev/null\n${scriptOf('databricks')}`
  const cli = standsIn ? stand : `exec '${pathTo(CLIENTS_DATABRICKS_CLI)}' "$@"\n`
  writeCommand(bin, 'databricks', `#!/bin/sh\necho "$*" >> '${calls}'\n${cli}`)
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
    logins: () => logins,
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
