import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Link, linkOf } from '../processes.ts'

const WATCH_EVERY_MS = 200

function holds(pid: number, variable: string, processes: string): boolean {
  try {
    return readFileSync(join(processes, `${pid}`, 'environ'), 'utf8')
      .split('\0')
      .includes(variable)
  } catch {
    return false
  }
}

// The processes of the step, from this one upwards. All of them have the step's own command file in their environment.
function chainOf(summary: string, processes: string): Link[] {
  const chain: Link[] = []
  let ofStep = 0
  const above = (pid: number) => linkOf(pid, processes)
  for (let link = above(process.pid); link !== undefined && link.parent > 0; link = above(link.parent)) {
    chain.push(link)
    if (chain.length === 1 || holds(link.pid, `GITHUB_STEP_SUMMARY=${summary}`, processes)) ofStep = chain.length
  }
  return chain.slice(0, ofStep)
}

function isAsItWas(link: Link, processes: string): boolean {
  const now = linkOf(link.pid, processes)
  return now?.parent === link.parent && now.startedAt === link.startedAt
}

/**
 * Watches the step that this process belongs to. The runner ends a step by ending its shell, which hands no signal on:
 * whoever the shell has started learns of it only because a process between them has gone, or has got another parent.
 * Outside of a workflow nothing is watched; without /proc only the parent is, and on Windows nothing can be.
 *
 * @param gone called once
 * @param processes where the system tells of each process, as proc(5) has it
 * @returns ends the watch
 */
export function watchStep(environment: NodeJS.ProcessEnv, gone: () => void, processes = '/proc'): () => void {
  if (environment['GITHUB_ACTIONS'] !== 'true') return () => undefined
  const { ppid } = process
  const chain = chainOf(environment['GITHUB_STEP_SUMMARY'] ?? '', processes)
  const timer = setInterval(() => {
    if (process.ppid === ppid && chain.every((link) => isAsItWas(link, processes))) return
    clearInterval(timer)
    gone()
  }, WATCH_EVERY_MS)
  return () => clearInterval(timer)
}
