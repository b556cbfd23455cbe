import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type Clock, systemClock } from './clock.ts'
import { type CommandFiles, createCommandFiles } from './command-files.ts'
import { type GithubClaims, githubClaims } from './github-claims.ts'
import { type Answer, type ReceivedRequest, type SandboxServer, serve, type TlsIdentity } from './http-server.ts'
import { type Issuer, type IssuerOptions, startIssuer } from './issuer.ts'

export interface RunnerOptions {
  /** Replace or add claims of the job's token. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined
  readonly now?: Clock | undefined
  /** Life of an ID token; GitHub's is 300. */
  readonly tokenSeconds?: number | undefined
  /** `false`: a job without `id-token: write`. */
  readonly idTokenPermission?: boolean | undefined
  /** Options of its issuer, or one that runs already, which is then not closed with the runner. */
  readonly issuer?: IssuerOptions | Issuer | undefined
  /** TLS and public origin of the ID token service. */
  readonly tls?: TlsIdentity | undefined
  readonly publicUrl?: string | undefined
}

/** What a step finds in its environment, `PATH` apart. */
export interface StepEnvironment extends CommandFiles {
  readonly RUNNER_TEMP: string
  readonly [name: string]: string
}

export interface Runner extends Pick<SandboxServer, 'requests' | 'close'> {
  readonly issuer: Issuer
  /** The ID token service; its `requests` are the runner's `requests`. */
  readonly server: SandboxServer
  readonly claims: GithubClaims
  readonly requestToken: string
  /** `RUNNER_TEMP`; it and everything beside it goes away with `close`. */
  readonly temp: string
  /** `GITHUB_WORKSPACE`, where steps run. */
  readonly workspace: string
  /** The environment of the next step, with command files of its own. */
  environment(): StepEnvironment
  /** Keeps its folders and requests as they are now; the function that comes back brings them back. */
  remember(): () => void
}

/** Plays a GitHub runner: the ID token service, its issuer, and the folders and files that a step sees. */
export async function startRunner(options: RunnerOptions = {}): Promise<Runner> {
  const { now = systemClock, tokenSeconds = 300, idTokenPermission = true } = options
  const claims = githubClaims(options.claims)
  const given = options.issuer
  const ownIssuer = given && 'sign' in given ? undefined : await startIssuer({ now, ...given })
  const issuer = ownIssuer ?? (given as Issuer)
  const requestToken = randomBytes(64).toString('base64url')
  const pipeline = randomBytes(24).toString('base64url')

  const answer = async ({ method, url, headers }: ReceivedRequest): Promise<Answer> => {
    if (url.pathname !== `/${pipeline}/idtoken`) return { status: 404, json: { message: 'Not Found' } }
    if (method !== 'GET') return { status: 405, json: { message: 'Method Not Allowed' } }
    if (headers.authorization !== `Bearer ${requestToken}`) {
      return { status: 401, json: { message: 'Unauthorized' } }
    }
    // More than one audience in the query reads as one with commas, and then no policy has it.
    const asked = url.searchParams.getAll('audience').join(',')
    const aud = asked || `https://github.com/${claims.repository_owner}`
    const iat = now()
    // GitHub's tokens are valid from ten minutes before they were issued.
    const value = await issuer.sign({ ...claims, aud, iat, nbf: iat - 600, exp: iat + tokenSeconds })
    return { status: 200, json: { count: value.length, value } }
  }
  const server = await serve(answer, { tls: options.tls })
  const folders = makeFolders()
  const service = `${options.publicUrl ?? server.origin}/${pipeline}`
  const idTokenVariables: Readonly<Record<string, string>> = idTokenPermission
    ? {
        ACTIONS_ID_TOKEN_REQUEST_URL: `${service}/idtoken?api-version=2.0`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      }
    : {}

  return {
    issuer,
    server,
    claims,
    requestToken,
    requests: server.requests,
    temp: folders.temp,
    workspace: folders.workspace,
    environment: () => ({
      ...variablesOf(claims, folders),
      ...createCommandFiles(folders.temp),
      ...idTokenVariables,
    }),
    remember() {
      const asked = server.requests.length
      const bringBack = rememberFolder(folders.root)
      return () => {
        server.requests.length = asked
        server.before = undefined
        bringBack()
      }
    },
    async close() {
      await Promise.all([server.close(), ownIssuer?.close()])
      for (const folder of [folders.root, besides(folders.root)]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Folders = ReturnType<typeof makeFolders>

function makeFolders() {
  const root = mkdtempSync(join(tmpdir(), 'sandbox-runner-'))
  const folder = (...names: string[]) => join(root, ...names)
  const folders = {
    root,
    home: folder('home'),
    temp: folder('work', '_temp'),
    tools: folder('work', '_tool'),
    workspace: folder('work', 'octo-repo', 'octo-repo'),
  }
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true })
  return folders
}

const besides = (folder: string): string => `${folder}-remembered`

// Node copies those of files alone.
function copyFolderModes(from: string, to: string): void {
  const folders = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory())
  for (const { parentPath, name } of folders) {
    const path = join(parentPath, name)
    chmodSync(join(to, relative(from, path)), statSync(path).mode)
  }
}

function rememberFolder(folder: string): () => void {
  const copy = (from: string, to: string) => {
    rmSync(to, { recursive: true, force: true })
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    copyFolderModes(from, to)
  }
  copy(folder, besides(folder))
  return () => copy(besides(folder), folder)
}

function variablesOf(claims: GithubClaims, { home, temp, tools, workspace }: Folders) {
  const eventPath = join(temp, '_github_workflow_event.json')
  writeFileSync(eventPath, JSON.stringify({ ref: claims.ref, repository: { full_name: claims.repository } }))
  return {
    HOME: home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: claims.repository,
    GITHUB_REPOSITORY_OWNER: claims.repository_owner,
    GITHUB_REPOSITORY_ID: claims.repository_id,
    GITHUB_REPOSITORY_OWNER_ID: claims.repository_owner_id,
    GITHUB_RUN_ID: claims.run_id,
    GITHUB_RUN_NUMBER: claims.run_number,
    GITHUB_RUN_ATTEMPT: claims.run_attempt,
    GITHUB_JOB: 'deploy',
    GITHUB_ACTION: `__${randomUUID()}`,
    GITHUB_ACTOR: claims.actor,
    GITHUB_ACTOR_ID: claims.actor_id,
    GITHUB_EVENT_NAME: claims.event_name,
    GITHUB_REF: claims.ref,
    GITHUB_REF_NAME: claims.ref.replace(/^refs\/(heads|tags)\//, ''),
    GITHUB_REF_TYPE: claims.ref_type,
    GITHUB_SHA: claims.sha,
    GITHUB_BASE_REF: '',
    GITHUB_HEAD_REF: '',
    GITHUB_WORKFLOW: claims.workflow,
    GITHUB_WORKFLOW_REF: claims.workflow_ref,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: tools,
    RUNNER_NAME: 'sandbox',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_OS: runnerOs[process.platform] ?? 'Linux',
    RUNNER_ARCH: process.arch.toUpperCase(),
  }
}

const runnerOs: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows', linux: 'Linux' }
