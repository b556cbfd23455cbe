import { type LoginError, printable } from '../errors.ts'
import { maskLine } from '../fresh/mask.ts'
import type { LoginLog } from '../log-in.ts'
import { annotation, describeFailure, harmless } from './failure-text.ts'
import { createRedaction, environmentSecrets } from './redaction.ts'
import { writeAtOnce } from './write-at-once.ts'

/** What the command tells goes to stderr, since stdout carries the token alone. */
export interface CommandLog extends LoginLog {
  /** Makes a secret known to the redaction that the runner knows already. */
  know: (secret: string) => void
  describe: (failure: LoginError) => string
  fail: (failure: LoginError) => void
}

const writeToStderr = (text: string): void => writeAtOnce(2, text)

/** The log of the command: workflow commands in a workflow, plain lines elsewhere. */
export function commandLog(environment: NodeJS.ProcessEnv): CommandLog {
  const { add, redact } = createRedaction()
  environmentSecrets(environment).forEach(add)
  const inWorkflow = environment['GITHUB_ACTIONS'] === 'true'
  const title = 'databricks-token'
  const line = (text: string) => harmless(printable(redact(text)))
  const tell = (text: string) => writeToStderr(`${title}: ${line(text)}\n`)
  const describe = (failure: LoginError) => describeFailure(failure, redact, environment)
  return {
    mask: (secret) => {
      add(secret)
      if (inWorkflow) writeToStderr(maskLine(secret))
    },
    know: add,
    info: tell,
    notice: tell,
    debug: (text) => {
      if (environment['RUNNER_DEBUG'] === '1') tell(text)
    },
    warn: (text) => {
      if (inWorkflow) writeToStderr(annotation('warning', title, line(text)))
      else tell(text)
    },
    describe,
    fail: (failure) => {
      const text = describe(failure)
      writeToStderr(
        inWorkflow
          ? annotation('error', `${title} failed (${failure.code})`, text)
          : `${title}: ${failure.code}: ${text}\n`,
      )
    },
  }
}
