import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import { type LoggedIn, loginsAt, SHORT } from './logged-in.ts'
import { applicationId } from './world.ts'

/** From which second of a token's life on nothing can be renewed, and until which. The token ends in between. */
const BEGINS = 40
const ENDS = 70
/** How long a client is watched, in seconds: to the end of the token that it gets after the outage. */
export const WATCHED = ENDS + SHORT / 2 - 5
/** Seconds within which each client has to work again by itself. */
const PATIENCE = 25
/** Seconds between two requests. */
const PAUSE = 1
const SHOWN = 200

/** How the output of a client tells of its requests. */
export interface Words {
  /** A line for each request that was answered. */
  readonly answered: RegExp
  readonly failed: RegExp
  /** Why one failed: the first group. */
  readonly reason: RegExp
}

/** What the programs of `clients/programs/` print. */
const printed: Words = {
  answered: new RegExp(`^(?!failed: ).*(${applicationId}|Default)`),
  failed: /^failed: /,
  reason: /^failed: (.*)$/m,
}

interface Request {
  readonly failed: boolean
  /** Seconds since 1970. */
  readonly at: number
  readonly seconds: number
}

/** Lets the token endpoint answer 503 for a part of the life of the login's token. */
function breakRenewal({ production }: LoggedIn) {
  const [loggedInAt = 0] = loginsAt(production)
  const outage = { begins: loggedInAt + BEGINS, ends: loggedInAt + ENDS, refused: 0 }
  production.server.before = (request, response) => {
    const now = Date.now() / 1000
    if (request.url !== '/oidc/v1/token' || now < outage.begins || now >= outage.ends) return false
    outage.refused++
    response.writeHead(503).end()
    return true
  }
  return outage
}

// Each line of its output is stamped as it comes: no client tells by itself how long it has waited.
async function watch({ job }: LoggedIn, script: string, { answered, failed }: Words) {
  const requests: Request[] = []
  const started = ({ stdout }: ChildProcess) => {
    // The first comes when the client has started.
    let before = Number.POSITIVE_INFINITY
    createInterface({ input: stdout ?? process.stdin }).on('line', (line) => {
      const hasFailed = failed.test(line)
      if (!hasFailed && !answered.test(line)) return
      const at = Date.now() / 1000
      requests.push({ failed: hasFailed, at, seconds: Math.max(at - before - PAUSE, 0) })
      before = at
    })
  }
  const step = await job.run(script, { timeoutSeconds: 280, environment: { GO_ON: '1' }, started })
  expect(step.conclusion, step.log).toBe('success')
  return { requests, stdout: step.stdout }
}

/** A message as a cell of a table, without what is new in each run. */
function cellOf(message: string): string {
  const same = message.replaceAll(/[0-9a-f]{64}/g, '…').replaceAll(/127\.0\.0\.1(:| port=)\d+/g, '127.0.0.1$1PORT')
  const short = same.length > SHOWN ? `${same.slice(0, SHOWN)}…` : same
  return `\`${short.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

/**
 * Runs a program past an outage in which its token ends and cannot be renewed, and shows that it works afterwards
 * without a restart. Returns the cells of its row: requests that failed, what it showed, its longest wait, and how long
 * after the outage its first answer came.
 */
export async function outlive(world: LoggedIn, script: string, words: Words = printed): Promise<string> {
  const outage = breakRenewal(world)
  const { requests, stdout } = await watch(world, script, words)
  const failures = requests.filter(({ failed }) => failed)
  const after = requests.filter(({ at }) => at >= outage.ends)
  const again = after[after.findLastIndex(({ failed }) => failed) + 1]
  const last = Math.ceil((again?.at ?? Number.POSITIVE_INFINITY) - outage.ends)
  expect(outage.refused).toBeGreaterThan(0)
  expect(failures.filter(({ at }) => at < outage.begins)).toEqual([])
  expect(after.length, stdout).toBeGreaterThan(PATIENCE / 2)
  expect(last, stdout).toBeLessThanOrEqual(PATIENCE)
  const longest = Math.round(Math.max(...requests.map(({ seconds }) => seconds)))
  const shown = failures.length === 0 ? 'nothing' : cellOf(words.reason.exec(stdout)?.[1] ?? '')
  return `${failures.length} of ${requests.length} | ${shown} | ${longest} s | after ${last} s`
}
