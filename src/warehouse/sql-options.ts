import { FORMAT_NAMES, type Format } from './formats.ts'
import { parseParameter, refuseDuplicates, type StatementParameter } from './parameters.ts'
import { usageError } from './usage-error.ts'

/** What `databricks-token sql` was called with. */
export interface SqlOptions {
  warehouse: string | undefined
  catalog: string | undefined
  schema: string | undefined
  parameters: readonly StatementParameter[]
  tags: readonly { key: string; value: string }[]
  format: Format | undefined
  output: string | undefined
  maxRows: number | undefined
  /** Whether the result of each query has to be without rows, or has to have some. */
  gate: 'no-rows' | 'rows' | undefined
  /** Whether the statements after one that does not pass the gate are run. */
  keepGoing: boolean
  /** Whether statements are planned alone, and none is run. */
  explain: boolean
  timeoutSeconds: number | undefined
  /** How often a statement may be run again after a conflict with another writer. */
  retries: number
  /** Whether the last result comes from cloud storage, whatever its size. */
  externalLinks: boolean
  summary: boolean
  source: { files: readonly string[] } | { text: string } | 'stdin'
}

const TAKES: Record<string, RegExp> = {
  '--warehouse': /./,
  '--catalog': /./,
  '--schema': /./,
  '--param': /./,
  '--param-env': /^[^=]+=./,
  '--tag': /^[^=]+=/,
  '--format': new RegExp(`^(${FORMAT_NAMES.join('|')})$`),
  '--output': /./,
  '--max-rows': /^[1-9]\d{0,9}$/,
  '--timeout': /^\d{1,6}(s|m|h)$/,
  '--retries': /^\d{1,2}$/,
  '--file': /./,
}
const FLAGS = ['--explain', '--fail-if-rows', '--fail-if-no-rows', '--keep-going', '--external-links', '--summary']
const REPEATED = ['--param', '--param-env', '--tag', '--file']
const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600 }

interface Words {
  options: Map<string, string[]>
  statements: string[]
}

// Values are not repeated in an error: one that was put in the wrong place may be a secret.
function sortWords(words: readonly string[]): Words {
  const options = new Map<string, string[]>()
  const statements: string[] = []
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') statements.push(...rest.splice(0))
    else if (word === '-' || !word.startsWith('-')) statements.push(word)
    else {
      const [name = '', ...joined] = word.split('=')
      const pattern = TAKES[name]
      // A statement may begin with a comment, and so look like an option: then the error does not repeat it.
      const shown = /^--?[\w-]+$/.test(name) ? name : 'A word that begins with - and comes before --'
      if (pattern === undefined && !FLAGS.includes(word)) throw usageError(`${shown} is not known`)
      const value = pattern === undefined ? '' : joined.length > 0 ? joined.join('=') : rest.shift()
      if (value === undefined || pattern?.test(value) === false) throw usageError(`${name} cannot be what it is given`)
      const values = options.get(name) ?? []
      if (values.length > 0 && !REPEATED.includes(name)) throw usageError(`${name} is given twice`)
      options.set(name, [...values, value])
    }
  }
  return { options, statements }
}

// PowerShell for Windows takes quotation marks out, cmd fills in `%…%` and runs what follows an `&`: what is left may be
// a statement, too, and another one.
const refuseReadByCmd = (): never => {
  throw usageError(
    'On Windows cmd reads an argument before it arrives here, and the statement may be another one by now',
    'Write the statement to a file and give --file FILE. In PowerShell 7.4 and later also: ' +
      "@' … '@ | databricks-token sql -, with the statement on lines of its own. " +
      'Values from outside belong into variables: --param-env NAME=VARIABLE.',
  )
}

function sourceOf({ options, statements }: Words, throughCmd: boolean): SqlOptions['source'] {
  const files = options.get('--file') ?? []
  const [text, ...more] = statements
  if (throughCmd && statements.some((statement) => statement !== '-')) refuseReadByCmd()
  if (more.length > 0) throw usageError('There is more than one statement: put quotes around the whole')
  if (files.length > 0 && text !== undefined) throw usageError('There is both --file and a statement')
  if (files.length > 0) return { files }
  if (text === undefined)
    throw usageError('There is no statement: give --file FILE, - for stdin, or the statement itself')
  return text === '-' ? 'stdin' : { text }
}

function gateOf(options: Words['options']): SqlOptions['gate'] {
  const [onRows, onNone] = [options.has('--fail-if-rows'), options.has('--fail-if-no-rows')]
  if (onRows && onNone) throw usageError('--fail-if-rows and --fail-if-no-rows exclude each other')
  if (!onRows && !onNone && options.has('--keep-going')) {
    throw usageError('--keep-going goes with --fail-if-rows or --fail-if-no-rows')
  }
  if (onRows) return 'no-rows'
  return onNone ? 'rows' : undefined
}

// These options are about results or about running, so that they do not go with --explain.
const NOT_EXPLAINED = [
  '--format',
  '--output',
  '--max-rows',
  '--fail-if-rows',
  '--fail-if-no-rows',
  '--keep-going',
  '--external-links',
  '--retries',
  '--summary',
]

function explains(options: Words['options']): boolean {
  if (!options.has('--explain')) return false
  const other = NOT_EXPLAINED.find((name) => options.has(name))
  if (other !== undefined) throw usageError(`--explain runs nothing, and ${other} does not go with it`)
  return true
}

function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined
  const seconds = Number(duration.slice(0, -1)) * (UNIT_SECONDS[duration.slice(-1)] ?? 1)
  // A timer of Node reaches no further than 24 days.
  if (seconds < 1 || seconds > 2_000_000) throw usageError('--timeout takes 1 s to 555 h')
  return seconds
}

/**
 * Reads the words after `sql`.
 *
 * @param throughCmd whether cmd has read them first
 * @throws ActionError SQL_CALL_INVALID
 */
export function parseSqlOptions(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  throughCmd = false,
): SqlOptions {
  const sorted = sortWords(words)
  const all = (name: string): string[] => sorted.options.get(name) ?? []
  const [maxRows] = all('--max-rows')
  const parameters = [
    ...all('--param').map((text) => parseParameter(text)),
    ...all('--param-env').map((text) => parseParameter(text, environment)),
  ]
  refuseDuplicates(parameters)
  return {
    warehouse: all('--warehouse')[0],
    catalog: all('--catalog')[0],
    schema: all('--schema')[0],
    parameters,
    tags: all('--tag').map((text) => ({ key: text.replace(/=.*/s, ''), value: text.replace(/^[^=]*=/, '') })),
    format: FORMAT_NAMES.find((format) => format === all('--format')[0]),
    output: all('--output')[0],
    maxRows: maxRows === undefined ? undefined : Number(maxRows),
    gate: gateOf(sorted.options),
    keepGoing: sorted.options.has('--keep-going'),
    explain: explains(sorted.options),
    timeoutSeconds: secondsOf(all('--timeout')[0]),
    retries: Number(all('--retries')[0] ?? 0),
    externalLinks: sorted.options.has('--external-links'),
    summary: sorted.options.has('--summary'),
    source: sourceOf(sorted, throughCmd),
  }
}
