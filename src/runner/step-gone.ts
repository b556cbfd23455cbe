import { readFileSync } from 'node:fs'

const WATCH_EVERY_MS = 200

/** A process as it was: its number alone may come to be another's. */
interface Link {
  pid: number
  parent: number
  /** Clock ticks since the machine started. */
  startedAt: string | undefined
}

// proc(5), /proc/pid/stat. The name before the last parenthesis may hold anything.
function linkOf(pid: number): Link | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '')
    const [, parent, ...fields] = afterName.split(' ')
    // One that has ended, and that nobody has asked for yet, is gone, too.
    return /^[ZX]/.test(afterName) ? undefined : { pid, parent: Number(parent), startedAt: fields[17] }
  } catch {
    return undefined
  }
}

function holds(pid: number, variable: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(variable)
  } catch {
    return false
  }
}

// From this process to the topmost of the step: those in whose environment the step's own file is named.
function chainOf(summary: string): Link[] {
  const chain: Link[] = []
  let ofStep = 0
  for (let link = linkOf(process.pid); link !== undefined && link.parent > 0; link = linkOf(link.parent)) {
    chain.push(link)
    if (chain.length === 1 || holds(link.pid, `GITHUB_STEP_SUMMARY=${summary}`)) ofStep = chain.length
  }
  return chain.slice(0, ofStep)
}

const isAsItWas = (link: Link): boolean => {
  const now = linkOf(link.pid)
  return now?.parent === link.parent && now.startedAt === link.startedAt
}

/**
 * Watches the step that this process belongs to. The runner ends a step by ending its shell, which hands no signal on:
 * whoever the shell has started learns of it only because a process between them has gone, or has got another parent.
 * Outside of a workflow nothing is watched; without /proc only the parent is, and on Windows nothing can be.
 *
 * @param gone called once
 * @returns ends the watch
 */
export function watchStep(environment: NodeJS.ProcessEnv, gone: () => void): () => void {
  if (environment['GITHUB_ACTIONS'] !== 'true') return () => undefined
  const { ppid } = process
  const chain = chainOf(environment['GITHUB_STEP_SUMMARY'] ?? '')
  const timer = setInterval(() => {
    if (process.ppid === ppid && chain.every(isAsItWas)) return
    clearInterval(timer)
    gone()
  }, WATCH_EVERY_MS)
  return () => clearInterval(timer)
}
