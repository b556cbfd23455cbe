import { type ChildProcess, fork } from 'node:child_process'
import { resolve as resolvePath } from 'node:path'
import { ActionError } from '../errors.ts'
import { type KnownProcess, knownProcess, writeProcess } from '../processes.ts'
import { type Ready, readReady, STAY, STAYS } from './staying-messages.ts'

const ANSWER_MS = 10_000

// What a login needs, and nothing else of the step: no option of Node, no input, no secret of the job.
const HANDED_ON =
  /^(ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)|(https?|all|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|RUNNER_TRACKING_ID|SystemRoot)$/i
const PATHS = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR']

/** The environment of the process that stays. Its paths are whole, since it runs in another folder. */
export function stayingEnvironment(step: NodeJS.ProcessEnv): Record<string, string> {
  const handedOn = Object.entries(step).flatMap(([name, value = '']): [string, string][] => {
    if (!HANDED_ON.test(name)) return []
    return [[name, PATHS.includes(name) && value !== '' ? resolvePath(value) : value]]
  })
  return Object.fromEntries(handedOn)
}

/** A process that serves a login, and waits for the step to let it go. */
export interface StayingProcess extends Ready {
  process: KnownProcess
  /**
   * Lets it go on without the step.
   *
   * @throws ActionError STAY_FAILED
   */
  stay: () => Promise<void>
  /** Ends it. */
  abandon: () => void
}

interface StartOptions {
  /** Path of its bundle. */
  script: string
  /** Of the login. */
  folder: string
  /** Of this step. */
  environment: NodeJS.ProcessEnv
  /** The step's parent, the runner's worker. 0 in the container of a job, where it cannot be seen. */
  parent: number
  /** How long each of its answers is waited for. */
  answerMs?: number
}

const failed = (how: string) => new ActionError('STAY_FAILED', `The process that keeps later steps logged in ${how}.`)

function answerOf(child: ChildProcess, answerMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(failed(`gave no answer within ${answerMs / 1000} s`)), answerMs)
    const end = () => clearTimeout(timer)
    child.once('message', (message) => {
      end()
      resolve(message)
    })
    child.once('error', (thrown) => {
      end()
      reject(failed(`could not be started (${thrown.message})`))
    })
    child.once('exit', (exitCode, signal) => {
      end()
      reject(failed(`ended with ${exitCode ?? signal}`))
    })
  })
}

/**
 * Starts the process that stays: apart from the step, which ends without it, and with nothing of the step open.
 *
 * @throws ActionError STAY_FAILED
 */
export async function startStaying(options: StartOptions): Promise<StayingProcess> {
  const { script, folder, environment, parent, answerMs = ANSWER_MS } = options
  const worker = parent === 0 ? [] : ['--worker', writeProcess(knownProcess(parent))]
  const child = fork(script, ['--kept', folder, ...worker], {
    // V8 collects young objects only when their space is full. So it is made smaller, as in the command (shim.ts).
    execArgv: [...process.execArgv, '--max-semi-space-size=4'],
    env: stayingEnvironment(environment),
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const abandon = () => {
    child.kill('SIGKILL')
    child.unref()
    if (child.connected) child.disconnect()
  }
  try {
    const ready = readReady(await answerOf(child, answerMs))
    const { pid } = child
    if (ready === undefined || pid === undefined) throw failed('said something else than that it serves')
    const stay = async () => {
      const answer = answerOf(child, answerMs)
      child.send(STAY, () => undefined)
      if ((await answer) !== STAYS) throw failed('said something else than that it stays')
      child.unref()
      if (child.connected) child.disconnect()
    }
    return { ...ready, process: knownProcess(pid), stay, abandon }
  } catch (thrown) {
    abandon()
    throw thrown
  }
}
