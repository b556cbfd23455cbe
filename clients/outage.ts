import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import type { LoggedIn } from './logged-in.ts'
import { applicationId } from './world.ts'

/** How long nothing can be renewed, in seconds. */
const OUTAGE = 30
/** How long a client is watched, in seconds: the half of a token's life, the outage, and as long as it may take. */
export const WATCHED = 110
/** Seconds after the outage within which each client has to work again. */
const PATIENCE = 60
/** Seconds between an answer and the next request. */
const PAUSE = 1
/** Characters of either end of a message. */
const SHOWN = 90

/** How the output of a client tells of its requests. */
export interface Words {
  /** In a line for each request that was answered. */
  readonly answered: RegExp
  /** In a line for each that failed. */
  readonly failed: RegExp
  /** Why one failed: the first group. */
  readonly reason: RegExp
}

const FAILED = { failed: /^failed: /, reason: /^failed: (.*)$/m }

/** What the programs of `clients/programs/` print. */
export const printing = (answer: string, reason = FAILED.reason): Words => ({
  ...FAILED,
  reason,
  answered: new RegExp(`^(?!failed: ).*${answer}`),
})

const ofPrograms = printing(`(${applicationId}|Default)`)

interface Request {
  readonly failed: boolean
  /** When it was over, in seconds since 1970. */
  readonly at: number
  readonly seconds: number
}

const now = (): number => Date.now() / 1000

interface Outage {
  begins: number
  ends: number
}

/** Lets the token endpoint answer 503 from the next renewal on, which asks for an ID token first. */
function startOutage({ runner, production }: LoggedIn, outage: Outage): void {
  runner.server.before = () => {
    if (outage.begins > now()) Object.assign(outage, { begins: now(), ends: now() + OUTAGE })
    return false
  }
  production.server.before = (request, response) => {
    if (request.url !== '/oidc/v1/token' || outage.ends <= now()) return false
    response.writeHead(503).end()
    return true
  }
}

/** Runs a program and stamps its lines as they come: no client tells by itself how long it waited. */
async function watch({ job }: LoggedIn, script: string, { answered, failed }: Words, begin: () => void) {
  const requests: Request[] = []
  const see = (line: string) => {
    const hasFailed = failed.test(line)
    if (!hasFailed && !answered.test(line)) return
    const before = requests.at(-1)
    // The first comes when the client has started, which may take a while.
    if (before === undefined) begin()
    requests.push({ failed: hasFailed, at: now(), seconds: before ? Math.max(now() - before.at - PAUSE, 0) : 0 })
  }
  const started = ({ stdout }: ChildProcess) => {
    if (stdout !== null) createInterface({ input: stdout }).on('line', see)
  }
  const step = await job.run(script, { timeoutSeconds: 280, environment: { GO_ON: '1' }, started })
  expect(step.conclusion, step.log).toBe('success')
  return { requests, stdout: step.stdout, log: step.log }
}

/** A message as a cell of a table, without what is another in each run and what the SDKs add of their settings. */
function cellOf(message: string): string {
  const same = message.replace(/\. Config: .*/, '').replaceAll(/[0-9a-f]{64}/g, '…')
  const named = same.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
  const short = named.length > 2 * SHOWN ? `${named.slice(0, SHOWN)} … ${named.slice(-SHOWN)}` : named
  return `\`${short.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

interface Outlived {
  readonly script: string
  readonly words?: Words | undefined
}

/**
 * Runs a program past an outage in which its token ends and cannot be renewed, and shows that the same program works
 * afterwards. Returns the cells of its row: requests that failed, how it showed the first, its longest wait, and how
 * long after the outage its answers began again.
 */
export async function outlive(world: LoggedIn, { script, words = ofPrograms }: Outlived): Promise<string> {
  const outage = { begins: Number.POSITIVE_INFINITY, ends: Number.POSITIVE_INFINITY }
  const { requests, stdout, log } = await watch(world, script, words, () => startOutage(world, outage))
  const failures = requests.filter(({ failed }) => failed)
  const after = requests.filter(({ at }) => at >= outage.ends)
  const first = after[after.findLastIndex(({ failed }) => failed) + 1]
  const again = Math.ceil((first?.at ?? Number.POSITIVE_INFINITY) - outage.ends)
  expect(
    failures.filter(({ at }) => at < outage.begins),
    log,
  ).toEqual([])
  expect(again, log).toBeLessThanOrEqual(PATIENCE)
  expect((requests.at(-1)?.at ?? 0) - outage.ends, log).toBeGreaterThan(PATIENCE / 4)
  const shown = failures.length === 0 ? 'nothing' : cellOf(words.reason.exec(stdout)?.[1] ?? '')
  const longest = Math.round(Math.max(...requests.map(({ seconds }) => seconds)))
  return `${failures.length} of ${requests.length} | ${shown} | ${longest} s | after ${again} s`
}
