import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { node, onWindows, wineEnvironment } from './place.ts'

/** A command as Windows is given it; paths are those of Windows. */
export interface Command {
  readonly program: string
  readonly parameters: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly folder: string
  /** The parameters are the command line as it is. */
  readonly verbatim?: boolean
}

export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** What a command says on stderr beside its masks. */
export const spokenBy = ({ stderr }: Ended): string => stderr.replaceAll(/\r?\n(?:::add-mask::[\w-]+\r?\n)+/g, '')

/** A program of `clients/windows/programs/`, by its path on Windows. */
export const ownProgram = (name: string): string => onWindows(join(import.meta.dirname, 'programs', name))

function start(parameters: readonly string[], log: string): Promise<number | null> {
  const [program, ...first] = node
  const output = openSync(log, 'w')
  const env = process.platform === 'win32' ? process.env : wineEnvironment
  const child = spawn(program, [...first, ...parameters], { env, stdio: ['ignore', output, output] })
  closeSync(output)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
}

/** Runs commands on Windows at the same time, each to its end. */
export async function runTogether(commands: readonly Command[]): Promise<Ended[]> {
  const folder = mkdtempSync(join(tmpdir(), 'windows-run-'))
  const [request, result, log] = ['request', 'result', 'log'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  try {
    writeFileSync(request, JSON.stringify(commands))
    const exitCode = await start([ownProgram('run-together.mjs'), onWindows(request), onWindows(result)], log)
    if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${readFileSync(log, 'utf8')}`)
    return JSON.parse(readFileSync(result, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs one command on Windows to its end. */
export async function run(command: Command): Promise<Ended> {
  const [ended] = await runTogether([command])
  if (ended === undefined) throw new Error('nothing was run')
  return ended
}
