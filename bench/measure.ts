import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** One way to do something, as a process. */
export interface Contender {
  readonly name: string
  readonly command: readonly string[]
  /** Made anew for each run. */
  readonly environment: () => Readonly<Record<string, string>>
  /** 0 unless given. */
  readonly exitCode?: number
}

export interface Cost {
  readonly wallMs: number
  readonly processorMs: number
}

// Node does not tell what a child has used; bash does, to the millisecond.
const TIMED = 'TIMEFORMAT="%R %U %S"; exec 3>&2 2>/dev/null; { time "$@" >/dev/null 2>/dev/null; } 2>&3; exit'

/** Runs it once. */
export async function costOf({ name, command, environment, exitCode = 0 }: Contender): Promise<Cost> {
  const child = spawn('bash', ['-c', TIMED, 'bash', ...command], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (await text(child.stderr)).split(' ').map(Number)
  const status = await ended
  if (status !== exitCode) throw new Error(`${name} ended with ${status}`)
  return { wallMs: wall * 1000, processorMs: (user + system) * 1000 }
}

const PEAK = `process.on('exit', () => require('node:fs').writeSync(3, String(process.resourceUsage().maxRSS)))`

/** The most memory that one run of a Node program held, in MiB; NaN for another program. */
export async function peakMemoryOf({ command, environment }: Contender): Promise<number> {
  const [program = '', ...parameters] = command
  if (program !== process.execPath) return Number.NaN
  const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from'node:module';const require=createRequire('/');${PEAK}`)}`
  const child = spawn(program, ['--import', preload, ...parameters], {
    env: environment(),
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [, , , pipe] = child.stdio
  if (pipe === null || pipe === undefined || !('read' in pipe)) return Number.NaN
  return Number(await text(pipe)) / 1024
}

/** The value in the middle. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN

/** Half of the distance within which the middle half of all values lies. */
export function spread(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
  return (at(0.75) - at(0.25)) / 2
}

/** Runs all of them so many times, the order turned round each time: whatever slows the machine slows all of them. */
export async function compare(contenders: readonly Contender[], rounds: number): Promise<Map<string, Cost[]>> {
  const costs = new Map(contenders.map(({ name }): [string, Cost[]] => [name, []]))
  // The first run of each finds its files in no cache.
  for (const contender of contenders) await costOf(contender)
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? contenders : contenders.toReversed()
    for (const contender of order) costs.get(contender.name)?.push(await costOf(contender))
  }
  return costs
}

const ratios = (costs: readonly Cost[], others: readonly Cost[], of: keyof Cost): number[] =>
  costs.map((cost, round) => cost[of] / (others[round]?.[of] ?? Number.NaN))

/** The median of the ratios of runs that followed each other, with its spread. */
export function ratio(costs: readonly Cost[], others: readonly Cost[], of: keyof Cost): string {
  const all = ratios(costs, others, of)
  return `${median(all).toFixed(2)} ± ${spread(all).toFixed(2)}`
}
