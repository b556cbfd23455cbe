import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { later } from '../sandbox/support.ts'

// All that a stand-in looks at of its environment.
const VARIABLES = [
  'HOME',
  'PATH',
  'BROWSER',
  'GH_HOST',
  'GH_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'DATABRICKS_CONFIG_FILE',
  'DATABRICKS_HOST',
  'STAND_IN_VERSION',
  'STAND_IN_PROFILE',
] as const

type Variable = (typeof VARIABLES)[number]

/** One call of a program. */
export interface Call {
  readonly words: readonly string[]
  /** A variable that is not set is ''. */
  readonly environment: Readonly<Record<Variable, string>>
}

interface Ended {
  readonly exitCode?: number
  readonly stdout?: string
  readonly stderr?: string
}

/** What a program does with a call. If it rejects, the program prints the message to stderr and ends with 1. */
export type Program = (call: Call) => Promise<Ended>

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/**
 * Makes programs out of functions of this process, since a Node of its own for each call of one takes longer than all
 * that the script does with it.
 *
 * @param folder where calls are handed over; it has to be there, and goes after the test
 * @returns the shell script that calls a program by its name
 */
export function servePrograms(folder: string, programs: Readonly<Record<string, Program>>): (name: string) => string {
  const calls = join(folder, 'calls')
  const asked = join(calls, 'asked')
  mkdirSync(calls)
  spawnSync('mkfifo', [asked])
  // Open for writing, too: a pipe whose last writer is gone would have an end.
  const pipe = new Socket({ fd: openSync(asked, constants.O_RDWR | constants.O_NONBLOCK), writable: false })
  later({ close: async () => void pipe.destroy() })
  createInterface({ input: pipe }).on('line', (place) => void answer(place, programs))
  const values = VARIABLES.map((name) => `"\${${name}-}"`)
  return (name) =>
    [
      `call=${quoted(`${calls}/`)}$$`,
      'mkfifo "$call"',
      'exec 3<> "$call"',
      `printf '%s\\0' ${name} ${values.join(' ')} "$@" > "$call.asked"`,
      `echo "$call" > ${quoted(asked)}`,
      'read -r _ <&3',
      '. "$call.answer"\n',
    ].join('\n')
}

async function answer(place: string, programs: Readonly<Record<string, Program>>): Promise<void> {
  const [name = '', ...rest] = readFileSync(`${place}.asked`, 'utf8').split('\0').slice(0, -1)
  const environment = Object.fromEntries(VARIABLES.map((variable, at) => [variable, rest[at] ?? '']))
  const call = { words: rest.slice(VARIABLES.length), environment: environment as Call['environment'] }
  const failed = (error: Error): Ended => ({ exitCode: 1, stderr: `Error: ${error.message}\n` })
  const { exitCode = 0, stdout = '', stderr = '' } = (await programs[name]?.(call).catch(failed)) ?? {}
  const lines = [`printf %s ${quoted(stdout)}`, `printf %s ${quoted(stderr)} >&2`, `exit ${exitCode}\n`]
  try {
    // Without a reader this fails: whoever called was ended meanwhile, and its folder may be gone.
    const pipe = openSync(place, constants.O_WRONLY | constants.O_NONBLOCK)
    writeFileSync(`${place}.answer`, lines.join('\n'))
    writeSync(pipe, '\n')
    closeSync(pipe)
  } catch (error) {
    if (!['ENXIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
