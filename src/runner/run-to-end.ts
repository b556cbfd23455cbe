import { ActionError, asActionError } from '../errors.ts'

const IDLE_MS = 1000

/**
 * Ends the process as soon as nothing is left to do, and in a second at the latest. `process.exit` waits for the threads of V8,
 * and one of them may wait for a collection that never comes (seen with Node 24.19, after a result of more than a gigabyte).
 */
export function endWhenIdle(exitCode: number): void {
  process.exitCode = exitCode
  setTimeout(() => process.exit(exitCode), IDLE_MS).unref()
}

/**
 * Runs the work of a process to its end. Whatever happens (a rejection, a throw in a callback, SIGINT, SIGTERM, an
 * event loop that drains, a process.exit elsewhere) the process ends at once, with exit code 1 and one report, unless
 * the work is done: then with the exit code that the work gives.
 *
 * @param endingSignals those that end the work; none where it hands them on
 * @param exit ends the process when the work is done
 */
export function runToEnd(
  work: () => Promise<number>,
  report: (failure: ActionError) => void,
  endingSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'],
  exit: (exitCode: number) => void = process.exit,
): void {
  // Set once, by the work or by the first failure.
  let exitCode: number | undefined

  function end(thrown: unknown): never {
    // This is set before the report, so that a report that throws ends the process and is not tried again.
    const isFirst = exitCode === undefined
    exitCode ??= 1
    if (isFirst) report(asActionError(thrown))
    process.exit(exitCode)
  }

  function endUnfinished(): void {
    if (exitCode !== undefined) return
    end(new ActionError('UNFINISHED', 'The process was about to end before its work was done.'))
  }

  process.once('beforeExit', endUnfinished)
  process.once('exit', endUnfinished)
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
  for (const signal of endingSignals) {
    process.once(signal, () => end(new ActionError('INTERRUPTED', `The step was ended by ${signal}.`)))
  }
  work().then((code) => {
    exitCode = code
    // An abandoned connection to a stuck proxy would keep the process alive; what was printed is flushed first.
    process.stdout.write('', () => exit(code))
  }, end)
}
