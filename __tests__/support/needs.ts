import { spawnSync } from 'node:child_process'
import { beforeEach, type TestContext } from 'vitest'
import { inRepository } from './repository.ts'

const isWindows = process.platform === 'win32'
const isOnPath = (program: string): boolean => spawnSync(program, ['-c', 'exit 0']).status === 0
const onWindows = (reason: string) => () => (isWindows ? reason : undefined)

/** What a test may need that a machine cannot do, and why it cannot; undefined for what this one can. */
const LACKING = {
  bash: () => (isOnPath('bash') ? undefined : 'there is no bash on PATH'),
  jq: () => (spawnSync('jq', ['--version']).status === 0 ? undefined : 'there is no jq on PATH'),
  git: () => (spawnSync('git', ['--version']).status === 0 ? undefined : 'there is no git on PATH'),
  'a clone': () =>
    spawnSync('git', ['ls-files', '--error-unmatch', 'action.yml'], { cwd: inRepository() }).status === 0
      ? undefined
      : 'there is no git, or this is no clone',
  modes: onWindows('Windows has no file modes: whoever reaches a folder reaches its files'),
  signals: onWindows('Windows has no signals: killing a process ends it, and Ctrl-C comes from the console'),
  'pipes with numbers': onWindows('Windows has no number for a pipe that other processes know'),
  'scripts as programs': onWindows('Windows starts no script by its first line'),
  'named pipes': onWindows('Windows has no named pipes among its files'),
  'a full disk': () =>
    process.platform === 'linux' ? undefined : 'only Linux has a disk that is always full, /dev/full',
  'process groups': onWindows('Windows has no groups of processes that one signal ends'),
  ENOTDIR: onWindows('Windows says of a path through a file that nothing is there'),
  'names with line breaks': onWindows('Windows has no line break in the name of a file'),
  'two cases of a name': onWindows('Windows has one variable for all cases of its name'),
} as const

type Need = keyof typeof LACKING

// Each starts a process, and says the same for as long as the tests run.
const reasons = new Map<Need, string | undefined>()

function reasonFor(need: Need): string | undefined {
  if (!reasons.has(need)) reasons.set(need, LACKING[need]())
  return reasons.get(need)
}

/** Leaves a test out, by name and reason, where the machine cannot do what it needs. The closing line counts them. */
export function needsHere(context: TestContext, need: Need): void {
  const reason = reasonFor(need)
  if (reason !== undefined) context.skip(`${need}: ${reason}`)
}

/** The same for all tests of a file, or of the describe that it is called in. */
export function needs(need: Need): void {
  beforeEach((context) => needsHere(context, need))
}
