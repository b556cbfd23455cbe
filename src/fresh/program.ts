import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { systemCode } from '../errors.ts'

// These compete with what the parent gives: the SDKs would take another login, or refuse to choose.
const COMPETING =
  /^DATABRICKS_(CLIENT_ID|CLIENT_SECRET|CONFIG_PROFILE|OIDC_TOKEN.*|METADATA_SERVICE_URL|WORKSPACE_ID)$/i

// Some clients would ask a proxy for the service on loopback.
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

const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

/**
 * Runs a program with the terminal, stdin, stdout and stderr of this process and hands signals on to it. Resolves to
 * the exit code as a shell gives it: 128 + n for signal n, 127 not found, 126 not executable.
 */
export function runProgram(
  [program = '', ...parameters]: readonly string[],
  environment: Record<string, string | undefined>,
  warn: (line: string) => void,
): Promise<number> {
  const handOn = (signal: NodeJS.Signals) => child.kill(signal)
  // Before it starts: until there is a listener a signal ends this process, and leaves the program alone.
  for (const signal of HANDED_ON) process.on(signal, handOn)
  const child = spawn(program, parameters, { env: environment, stdio: 'inherit' })
  return new Promise<number>((resolve) => {
    child.once('error', (error) => {
      const isMissing = systemCode(error) === 'ENOENT'
      warn(`${program} ${isMissing ? 'was not found' : 'cannot be executed'}.`)
      resolve(isMissing ? NOT_FOUND : NOT_EXECUTABLE)
    })
    child.once('exit', (exitCode, signal) => {
      resolve(signal === null ? (exitCode ?? 1) : 128 + constants.signals[signal])
    })
  }).finally(() => {
    for (const signal of HANDED_ON) process.off(signal, handOn)
  })
}
