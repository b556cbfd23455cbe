export interface ActStep {
  readonly job: string
  readonly step: string
  /** `Pre`, `Main` or `Post`. */
  readonly stage: string
  readonly result: 'success' | 'failure' | 'skipped'
}

/** What act wrote. */
export interface ActLog {
  /** The whole log, as a person sees it. */
  readonly log: string
  /** What steps wrote, of that log. */
  readonly printed: string
  /** In the order in which they ended. */
  readonly steps: readonly ActStep[]
  /** Names of the jobs that succeeded. */
  readonly succeeded: readonly string[]
}

interface ActLine {
  readonly msg?: string
  readonly job?: string
  readonly step?: string
  readonly stage?: string
  readonly stepResult?: ActStep['result']
  readonly jobResult?: string
  readonly raw_output?: boolean
}

/**
 * Reads the output of `act --json`: a line of JSON for each line of the log, which is in `msg`. Beside it stand the
 * arguments of workflow commands, secrets too, which act shows in this format alone.
 */
export function readLog(output: string): ActLog {
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  const events = lines.map((line): ActLine => JSON.parse(line))
  return {
    log: events.map(({ msg = '' }) => `${msg.trimEnd()}\n`).join(''),
    printed: events.map(({ raw_output, msg = '' }) => (raw_output ? msg : '')).join(''),
    steps: events.flatMap(({ stepResult, job = '', step = '', stage = '' }) =>
      stepResult === undefined ? [] : [{ job, step, stage, result: stepResult }],
    ),
    succeeded: events.flatMap(({ jobResult, job = '' }) => (jobResult === 'success' ? [job] : [])),
  }
}
