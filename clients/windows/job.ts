import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { expect } from 'vitest'
import { readEnvironment, readPairs, readPath } from '../../sandbox/command-files.ts'
import { type Runner, startRunner } from '../../sandbox/github-runner.ts'
import { powerShellScript } from '../../sandbox/shells.ts'
import { startWorkspace, type Workspace } from '../../sandbox/workspace.ts'
import { literal } from '../powershell/literal.ts'
import { nodeExe, onThisMachine, onWindows, powerShellExe, systemRoot, temporaryFolders } from './place.ts'
import { type Command, type Ended, run } from './run.ts'

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
// Another build of the action, to see what it was like before.
const dist = process.env['WINDOWS_DIST'] ?? join(import.meta.dirname, '..', '..', 'dist')
const entry = (name: string) => onWindows(join(dist, name, 'index.js'))
const system = {
  SystemRoot: systemRoot,
  ComSpec: win32.join(systemRoot, 'system32', 'cmd.exe'),
  PATHEXT: '.COM;.EXE;.BAT;.CMD;.VBS;.JS',
  // Wine has no tables of languages for .NET, and no policy that lets PowerShell run scripts, as GitHub's images have.
  ...(process.platform === 'win32'
    ? {}
    : { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', PSExecutionPolicyPreference: 'RemoteSigned' }),
  POWERSHELL_TELEMETRY_OPTOUT: '1',
}

async function startWorkspaceFor({ issuer, claims }: Runner): Promise<Workspace> {
  return startWorkspace({
    principals: [{ kind: 'service-principal', applicationId }],
    policies: [{ kind: 'service-principal', applicationId, issuer: issuer.url, subject: claims.sub }],
  })
}

// Windows ends lines in its own way, which the reader of the command files takes there alone.
function readCommandFiles(files: Readonly<Record<string, string>>) {
  const read = <T>(name: string, reader: (file: string) => T): T => {
    const file = files[name] ?? ''
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'))
    return reader(file)
  }
  return {
    outputs: read('GITHUB_OUTPUT', readPairs),
    env: read('GITHUB_ENV', readEnvironment),
    state: read('GITHUB_STATE', readPairs),
    path: read('GITHUB_PATH', readPath),
  }
}

export type LoginStep = Ended & ReturnType<typeof readCommandFiles>

/** A job on Windows whose login step has run. Paths in it are those of Windows. */
export interface WindowsJob {
  readonly workspace: Workspace
  readonly login: LoginStep
  /** Where its steps run. */
  readonly folder: string
  /** A command as a later step would run it. */
  command: (program: string, parameters: readonly string[], more?: Partial<Command>) => Command
  /** A line for cmd. */
  cmdLine: (line: string) => Command
  /** A `run:` step with `shell: cmd`, as the runner starts it (ScriptHandlerHelpers.cs). */
  cmdStep: (script: string) => Command
  /** A `run:` step with `shell: pwsh`, in the same way. */
  pwshStep: (script: string, more?: Partial<Command>) => Command
  /** A `run:` step with a `shell:` of one's own, in which `{0}` is the file of the script. */
  customStep: (shell: string, script: string) => Command
  /** `databricks-token` without a shell in between. */
  token: (...parameters: string[]) => Command
  post: () => Promise<Ended>
  /** Makes the kept token older, so that it ends this many seconds from now. */
  setSecondsLeft: (seconds: number) => void
  /** Writes a file into the folder where its steps run. */
  write: (name: string, ...lines: string[]) => void
  /** Puts a batch file on PATH. */
  addTool: (name: string, ...lines: string[]) => void
  close: () => Promise<void>
}

function setSecondsLeft(folder: string, seconds: number): void {
  const file = join(onThisMachine(folder), 'kept', 'token.json')
  const token = JSON.parse(readFileSync(file, 'utf8'))
  const expiresAt = Date.now() / 1000 + seconds
  writeFileSync(file, JSON.stringify({ ...token, expiresAt, issuedAt: expiresAt - 300 }))
}

const writeLines = (file: string, lines: readonly string[]) => writeFileSync(file, `${lines.join('\r\n')}\r\n`)

// PowerShell asks a folder for `name.*`, for which Wine 8 lists nothing; Windows needs none of this.
const foundByName = (bin: string): string =>
  process.platform === 'win32'
    ? ''
    : `Set-Alias databricks-token ${literal(win32.join(bin, 'databricks-token.cmd'))}; Set-Alias node ${literal(nodeExe)}\n`

/**
 * Starts a job on Windows and logs it in.
 *
 * @param name what RUNNER_TEMP is called
 */
export async function loggedInOnWindows(name = '_temp'): Promise<WindowsJob> {
  const runner = await startRunner()
  const workspace = await startWorkspaceFor(runner)
  const root = mkdtempSync(join(temporaryFolders(), 'runner-'))
  const temporary = join(root, name)
  mkdirSync(temporary)
  const folder = onWindows(runner.workspace)
  const environmentOf = (files: Readonly<Record<string, string>>) => ({
    ...system,
    ...Object.fromEntries(
      Object.entries(files).map(([key, value]) => [key, value.startsWith('/') ? onWindows(value) : value]),
    ),
    RUNNER_TEMP: onWindows(temporary),
  })

  const inputs = {
    INPUT_HOST: workspace.host,
    INPUT_ACCOUNT_ID: workspace.accountId,
    INPUT_IDENTITY_FEDERATION_CLIENT_ID: applicationId,
  }
  const files = runner.environment()
  const ended = await run({
    program: nodeExe,
    parameters: [entry('main')],
    folder,
    environment: { ...environmentOf(files), PATH: win32.join(systemRoot, 'system32'), ...inputs },
  })
  expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
  const login = { ...ended, ...readCommandFiles(files) }

  const tools = join(runner.temp, 'tools')
  mkdirSync(tools)
  const programs = [nodeExe, powerShellExe() ?? nodeExe].map((program) => win32.dirname(program))
  const PATH = [...login.path, '.', onWindows(tools), ...programs, win32.join(systemRoot, 'system32')].join(';')
  const warehouse = { DATABRICKS_WAREHOUSE_ID: workspace.warehouseId }
  const environment = { ...environmentOf(runner.environment()), ...warehouse, ...login.env, PATH }
  const command: WindowsJob['command'] = (program, parameters, more = {}) => ({
    program,
    parameters,
    environment,
    folder,
    ...more,
  })
  const kept = login.state['folder'] ?? ''
  const bin = login.path[0] ?? ''
  const stepFile = (folder: string, extension: string, script: string) => {
    const file = join(folder, `${randomUUID()}${extension}`)
    writeFileSync(file, script.replaceAll('\n', '\r\n'))
    return onWindows(file)
  }
  const cmdLine = (line: string) =>
    command(system.ComSpec, ['/D', '/E:ON', '/V:OFF', '/S', '/C', `"${line}"`], { verbatim: true })
  return {
    workspace,
    login,
    folder,
    command,
    cmdLine,
    cmdStep: (script) => cmdLine(`CALL "${stepFile(runner.workspace, '.cmd', `@echo off\n${script.trim()}\n`)}"`),
    pwshStep: (script, more) => {
      // PowerShell runs unsigned scripts of drive C alone; the runner writes them there.
      const file = stepFile(temporary, '.ps1', powerShellScript(foundByName(bin) + script))
      return command(powerShellExe() ?? '', ['-command', `. '${file}'`], more)
    },
    customStep: (shell, script) => cmdLine(shell.replaceAll('{0}', stepFile(temporary, '', foundByName(bin) + script))),
    token: (...parameters) => command(nodeExe, [entry('command'), '--kept', kept, ...parameters]),
    post: () => run(command(nodeExe, [entry('post')], { environment: { ...environment, STATE_folder: kept } })),
    setSecondsLeft: (seconds) => setSecondsLeft(kept, seconds),
    write: (file, ...lines) => writeLines(join(runner.workspace, file), lines),
    addTool: (file, ...lines) => writeLines(join(tools, file), lines),
    close: async () => {
      await Promise.all([runner.close(), workspace.close()])
      rmSync(root, { recursive: true, force: true })
    },
  }
}
