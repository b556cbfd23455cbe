import { asLoginError, LoginError } from './errors.ts'

/**
 * Runs the work of a process to its end. Whatever happens (a rejection, a throw in a callback, SIGINT, SIGTERM, an
 * event loop that drains, a process.exit elsewhere) the process ends at once, with exit code 1 and one report, unless
 * the work is done: then with the exit code that the work gives.
 */
export function runToEnd(work: () => Promise<number>, report: (failure: LoginError) => void): void {
  let ended = false

  function fail(thrown: unknown): never {
    if (!ended) {
      ended = true
      report(asLoginError(thrown))
    }
    process.exit(1)
  }

  const unfinished = () => new LoginError('UNFINISHED', 'The event loop ran dry before the work was done.')
  process.once('beforeExit', () => {
    if (!ended) fail(unfinished())
  })
  process.once('exit', () => {
    if (!ended) fail(unfinished())
  })
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => fail(new LoginError('INTERRUPTED', `The step was ended by ${signal}.`)))
  }
  work().then((exitCode) => {
    ended = true
    // An abandoned connection to a stuck proxy would keep the process alive; what was printed is flushed first.
    process.stdout.write('', () => process.exit(exitCode))
  }, fail)
}
