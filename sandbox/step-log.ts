import type { Masks } from './masks.ts'
import { parseCommand, same, type WorkflowCommand } from './workflow-commands.ts'

/** The log of one step, as a person sees it. */
export interface StepLog {
  /** Takes one line of the step's stdout or stderr: a command is obeyed, anything else is written. */
  line(text: string): void
  /** Writes what the runner itself has to say. */
  write(text: string): void
  /** What was written, masked line by line, with a newline at the end of each. */
  text(): string
  /** Set by the deprecated `::set-output::` and `::save-state::`. */
  readonly outputs: Record<string, string>
  readonly state: Record<string, string>
  /** A command that the runner refuses fails the step, whatever its exit code. */
  hasFailed(): boolean
}

const annotations: Readonly<Record<string, string>> = { error: 'Error', warning: 'Warning', notice: 'Notice' }

/**
 * Renders a step's raw output as the runner and the web page do (ActionCommandManager.cs): masks hold from
 * the moment they are registered, annotations show their kind, groups their title, `::stop-commands::` prints
 * what follows raw.
 *
 * @param masks those of the whole job: what is registered here holds for later steps
 * @param showsDebug whether `::debug::` is written, as with RUNNER_DEBUG=1
 */
export function createStepLog(masks: Masks, showsDebug = false): StepLog {
  const lines: string[] = []
  const outputs: Record<string, string> = {}
  const state: Record<string, string> = {}
  let resumeToken: string | undefined
  let failed = false

  const write = (text: string) => {
    lines.push(masks.apply(text))
  }

  function line(text: string): void {
    const command = parseCommand(text, resumeToken)
    if (resumeToken !== undefined) {
      write(text)
      if (command && same(command.name, resumeToken)) resumeToken = undefined
    } else if (command) {
      obey(command, text)
    } else {
      write(text)
    }
  }

  function obey({ name, properties, message }: WorkflowCommand, text: string): void {
    const kind = name.toLowerCase()
    const annotation = annotations[kind]
    if (annotation !== undefined) write(`${annotation}: ${message}`)
    else if (kind === 'add-mask') addMask(message)
    else if (kind === 'group') write(`▼ ${message}`)
    else if (kind === 'debug' && showsDebug) write(`Debug: ${message}`)
    else if (kind === 'set-output') outputs[properties['name'] ?? ''] = message
    else if (kind === 'save-state') state[properties['name'] ?? ''] = message
    else if (kind === 'stop-commands') {
      resumeToken = message
      if (message.length > 6) masks.add(message)
      write(text)
    } else if (kind === 'set-env' || kind === 'add-path') {
      failed = true
      // The refusal repeats the line, with whatever secret is in it.
      write(`Error: Unable to process command '${text}' successfully.`)
      write(`Error: The \`${kind}\` command is disabled. Please upgrade to using Environment Files.`)
    }
  }

  function addMask(secret: string): void {
    if (secret.trim() === '') write("Warning: Can't add secret mask for empty string in ##[add-mask] command.")
    else masks.add(secret)
  }

  return {
    line,
    write,
    outputs,
    state,
    text: () => lines.map((written) => `${written}\n`).join(''),
    hasFailed: () => failed,
  }
}
