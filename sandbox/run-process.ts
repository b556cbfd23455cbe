import { type ChildProcess, spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'

export interface ProcessOptions {
  readonly command: readonly [string, ...string[]]
  /** All that the process sees of an environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
  /** How long it may live before it is killed; 60 s by default. */
  readonly timeoutSeconds?: number | undefined
  /** Receives the process as soon as it runs, for a test that sends it a signal. */
  readonly started?: ((child: ChildProcess) => void) | undefined
}

export interface EndedProcess {
  /** Null for a process that a signal ended. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly timedOut: boolean
  /** Raw, as the process wrote it. */
  readonly stdout: string
  readonly stderr: string
}

// While coverage is measured, Node writes down what ran in the process, too.
function measured(environment: ProcessOptions['environment']): Record<string, string | undefined> {
  const { NODE_V8_COVERAGE, NODE_OPTIONS = '' } = process.env
  if (NODE_V8_COVERAGE === undefined) return { ...environment }
  return {
    ...environment,
    NODE_V8_COVERAGE,
    NODE_OPTIONS: `${NODE_OPTIONS} ${environment['NODE_OPTIONS'] ?? ''}`.trim(),
  }
}

/**
 * Runs a process to its end, and that of all who hold its output, and gives each line of stdout and stderr to
 * `onLine` as it comes. When its time is up it is killed with every process it started.
 */
export function runProcess(options: ProcessOptions, onLine: (line: string) => void): Promise<EndedProcess> {
  const [program, ...parameters] = options.command
  const isWindows = process.platform === 'win32'
  const child = spawn(program, parameters, {
    cwd: options.folder,
    env: measured(options.environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that the processes it started can be killed with it.
    detached: !isWindows,
  })
  let timedOut = false
  const kill = () => {
    timedOut = true
    if (isWindows || child.pid === undefined) child.kill('SIGKILL')
    else killGroup(child.pid)
  }
  const timer = setTimeout(kill, (options.timeoutSeconds ?? 60) * 1000)
  const stdout = collect(child.stdout, onLine)
  const stderr = collect(child.stderr, onLine)
  options.started?.(child)

  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer)
      resolve({ exitCode, signal, timedOut, stdout: stdout.end(), stderr: stderr.end() })
    })
  })
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    // Nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

// The runner reads both streams line by line; a carriage return ends a line, too.
function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void) {
  const decoder = new StringDecoder('utf8')
  let whole = ''
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk)
    whole += text
    // A return at the very end may be the first half of a line ending.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  return {
    end(): string {
      const last = rest.replace(/\r$/, '') + decoder.end()
      if (last !== '') onLine(last)
      return whole
    },
  }
}
