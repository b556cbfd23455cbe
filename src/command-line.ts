import { AUTH_TYPES, type AuthType } from './serve/auth-type.ts'

/** What the command was called with. */
export type Call =
  | { kind: 'help' | 'sql-help' | 'version' | 'masks' }
  | { kind: 'token'; minValidity: number; output: 'token' | 'json' }
  | { kind: 'exec'; auth: AuthType; program: string[] }
  | { kind: 'sql'; words: string[] }
  | { kind: 'wrong'; reason: string }

export const USAGE = `Usage:
  databricks-token [--min-validity SECONDS] [--output token|json]
      Prints a Databricks token that is valid now; logs in again when the kept one has
      less than SECONDS to live (60 unless told).
  databricks-token exec [--auth metadata-service|oauth-m2m|pat] -- PROGRAM [ARGUMENTS]
      Runs PROGRAM logged in. The Databricks SDKs in it renew their token by themselves:
      by OAuth client credentials with --auth oauth-m2m, for the SDK for Java. With
      --auth pat it gets one token, which is not renewed. DATABRICKS_TOKEN_JDBC holds
      parameters for a JDBC URL.
  databricks-token sql [OPTIONS] (--file FILE | [--] STATEMENT | -)
      Runs SQL on a warehouse, waits, and fails when it fails: see databricks-token sql --help.
  databricks-token masks
      Masks every token of this login as soon as there is one, until it is ended: for a
      step with background: true, beside stay_logged_in.
  databricks-token --help | --version

In a workflow each token is masked through a line on stderr: let stderr through to the log.
`

const wrong = (reason: string): Call => ({ kind: 'wrong', reason })

type Options = Map<string, string>

// Both `--name value` and `--name=value`; each option takes one of the values given, or any if there are none.
function parseOptions(words: string[], known: Record<string, RegExp>): Options | string {
  const options: Options = new Map()
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = '', ...joined] = word.split('=')
    const pattern = known[name]
    if (pattern === undefined) return `${word} is not known`
    const value = joined.length > 0 ? joined.join('=') : rest.shift()
    if (value === undefined || !pattern.test(value)) return `${name} cannot be ${value ?? 'left without a value'}`
    options.set(name, value)
  }
  return options
}

// Only the first word asks for help. Later it may be a value, and a query must not end with success without being run.
const asksForHelp = ([first]: readonly string[]): boolean => first === '--help' || first === '-h'

function parseExec(words: string[]): Call {
  if (asksForHelp(words)) return { kind: 'help' }
  const separator = words.indexOf('--')
  const program = separator === -1 ? [] : words.slice(separator + 1)
  if (program.length === 0) return wrong('exec takes -- and then a program')
  const options = parseOptions(words.slice(0, separator), { '--auth': new RegExp(`^(${AUTH_TYPES.join('|')})$`) })
  if (typeof options === 'string') return wrong(options)
  const auth = AUTH_TYPES.find((one) => one === options.get('--auth')) ?? 'metadata-service'
  return { kind: 'exec', auth, program }
}

/** Reads the words after the command's name. Values are never repeated beyond the option they belong to. */
export function parseCall(words: string[]): Call {
  const [first, ...others] = words
  if (first === 'exec') return parseExec(others)
  if (first === 'sql') return asksForHelp(others) ? { kind: 'sql-help' } : { kind: 'sql', words: others }
  if (asksForHelp(words)) return { kind: 'help' }
  if (first === 'masks') return others.length === 0 ? { kind: 'masks' } : wrong('masks takes nothing after it')
  if (first === '--version') return { kind: 'version' }
  const options = parseOptions(words, { '--min-validity': /^\d{1,5}$/, '--output': /^(token|json)$/ })
  if (typeof options === 'string') return wrong(options)
  const output = options.get('--output') === 'json' ? 'json' : 'token'
  return { kind: 'token', minValidity: Number(options.get('--min-validity') ?? 60), output }
}
