import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { systemCode } from '../errors.ts'
import type { Log } from '../log.ts'
import { type ProgramStart, startOf } from './program-start.ts'

// These compete with what the parent gives: the SDKs would take another login, or refuse to choose. A group they refuse
// beside a token, and the login is for that group by itself.
const COMPETING =
  /^DATABRICKS_(CLIENT_ID|CLIENT_SECRET|CONFIG_PROFILE|OIDC_TOKEN.*|METADATA_SERVICE_URL|DISCOVERY_URL|TOKEN_JDBC|WORKSPACE_ID|GROUP_ID)$/i

// Without this, some clients would send requests for the service on loopback to a proxy.
function withoutProxyOnLoopback(parent: NodeJS.ProcessEnv): Record<string, string> {
  if (!Object.keys(parent).some((name) => /^(https?|all)_proxy$/i.test(name))) return {}
  const { NO_PROXY: upper = '', no_proxy: lower = upper } = parent
  const list = [...new Set([...lower.split(','), ...upper.split(','), '127.0.0.1', 'localhost'])]
    .filter(Boolean)
    .join(',')
  return { NO_PROXY: list, no_proxy: list }
}

/** The environment of a program: that of the parent without competing logins, and with this one. */
export function programEnvironment(
  parent: NodeJS.ProcessEnv,
  login: Record<string, string>,
): Record<string, string | undefined> {
  const inherited = Object.entries(parent).filter(([name]) => !COMPETING.test(name))
  return { ...Object.fromEntries(inherited), ...withoutProxyOnLoopback(parent), ...login }
}

const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
// Windows sends these to every process of the console. This process listens to them, so that it outlives the program.
const LEFT_TO_PROGRAM = ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

function listenToSignals(handOn: (signal: NodeJS.Signals) => void): () => void {
  const isWindows = process.platform === 'win32'
  const signals = isWindows ? LEFT_TO_PROGRAM : FORWARDED_SIGNALS
  // On Windows kill would end the program there and then, whatever the signal.
  const listener = (signal: NodeJS.Signals) => isWindows || handOn(signal)
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}

// Rejects if the program cannot be started. Node reports some reasons at once, others by an event.
async function runToExit({ file, parameters, environment, verbatim }: ProgramStart): Promise<number> {
  let child: ChildProcess | undefined
  // Before it starts: until somebody listens a signal ends this process, and leaves the program alone.
  const stopListening = listenToSignals((signal) => child?.kill(signal))
  try {
    const started = spawn(file, parameters, { env: environment, stdio: 'inherit', windowsVerbatimArguments: verbatim })
    child = started
    return await new Promise((resolve, reject) => {
      started.once('error', reject)
      started.once('exit', (exitCode, signal) => {
        resolve(signal === null ? (exitCode ?? 1) : 128 + constants.signals[signal])
      })
    })
  } finally {
    stopListening()
  }
}

/**
 * Runs a program with the terminal, stdin, stdout and stderr of this process and hands signals on to it; on Windows
 * it gets Ctrl-C from its console. Resolves to the exit code as a shell gives it: 128 + n for signal n, 127 not found,
 * 126 not executable.
 */
export async function runProgram(
  [program = '', ...parameters]: readonly string[],
  environment: Record<string, string | undefined>,
  info: Log['info'],
): Promise<number> {
  const start = startOf(program, parameters, environment)
  if (start === undefined) {
    info(`${program} was not found.`)
    return NOT_FOUND
  }
  if (typeof start === 'string') {
    info(`${program} ${start}.`)
    return NOT_EXECUTABLE
  }
  try {
    return await runToExit(start)
  } catch (thrown) {
    const code = systemCode(thrown)
    info(`${program} ${code === 'ENOENT' ? 'was not found' : `cannot be executed (${code ?? 'unknown reason'})`}.`)
    return code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE
  }
}
