import type { ActionError } from './errors.ts'

/** Everything that the step and the command may print goes through here, and so through the redaction. */
export interface Log {
  /** Makes secrets known to the runner and to the redaction, before any other use; in one write, each once a process. */
  mask: (...secrets: string[]) => void
  /** Makes a secret known to the redaction alone: one that is not handed out. */
  hideFromLog: (secret: string) => void
  info: (line: string) => void
  notice: (line: string) => void
  warning: (line: string) => void
  /** Shown when the job runs with debug logging. */
  debug: (line: string) => void
  /** A failure as it would be printed, redacted. */
  describe: (failure: ActionError) => string
  /** The one report of a failure; a step adds a summary of it if that can be written. */
  fail: (failure: ActionError) => void
}
