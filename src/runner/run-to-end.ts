import { ActionError, asActionError } from '../errors.ts'

/**
 * Runs the work of a process to its end. Whatever happens (a rejection, a throw in a callback, SIGINT, SIGTERM, an
 * event loop that drains, a process.exit elsewhere) the process ends at once, with exit code 1 and one report, unless
 * the work is done: then with the exit code that the work gives.
 *
 * @param endingSignals those that end the work; none where it hands them on
 */
export function runToEnd(
  work: () => Promise<number>,
  report: (failure: ActionError) => void,
  endingSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'],
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
    process.stdout.write('', () => process.exit(code))
  }, end)
}
