import { chapters } from './cases.ts'
import { legs, repetitions } from './leg.ts'
import type { Result } from './run-cases.ts'

const FIXED_ENDPOINT = 'fixed token endpoint'

// How often it was tried depends on the time that it had, so the table does not say it.
const isBoundByTime = ({ fault, repetition }: Result): boolean =>
  fault.timeoutSeconds !== undefined && repetition === 'for ever'

/** What became of a case, in few words: the end, then the attempts. */
function outcomeOf(result: Result): string {
  const { failure, printed, attempts } = result.outcome
  const fallback = printed.includes(FIXED_ENDPOINT) ? ' ¹' : ''
  const end = failure === undefined ? `logs in${fallback}` : `\`${failure.code}\``
  return `${end}, ${isBoundByTime(result) ? '…' : attempts}`
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const heading = [line(['fault', ...legs]), line(['---', ...legs.map(() => '---')])]

// The ends of cases that share a cell, each with the longest time.
function endsOf(results: readonly Result[], times: boolean): string {
  const longest = new Map<string, number>()
  for (const result of results) {
    const end = outcomeOf(result)
    longest.set(end, Math.max(longest.get(end) ?? 0, result.outcome.milliseconds))
  }
  const ends = [...longest].map(([end, milliseconds]) => (times ? `${end} (${milliseconds} ms)` : end))
  return ends.join('; ') || '–'
}

// Once, then for ever; one of them where both end alike.
function cellOf(results: readonly Result[], times: boolean): string {
  const ends = repetitions.map((repetition) =>
    endsOf(
      results.filter((result) => result.repetition === repetition),
      times,
    ),
  )
  return [...new Set(ends)].join(' / ')
}

const rowOf = (name: string, results: readonly Result[], times: boolean): string =>
  line([
    name,
    ...legs.map((leg) =>
      cellOf(
        results.filter((result) => result.leg === leg),
        times,
      ),
    ),
  ])

/**
 * The table fault × leg × outcome, a chapter for each kind of fault, as Markdown.
 *
 * @param options times: whether each cell says how long its cases took at most, in milliseconds
 */
export function renderTable(results: readonly Result[], { times }: { times: boolean }): string {
  const parts = Object.entries(chapters).map(([chapter, faults]) => {
    const names = [...new Set(faults.map(({ name, row = name }) => row))]
    const rows = names.map((name) =>
      rowOf(
        name,
        results.filter(({ fault }) => faults.includes(fault) && (fault.row ?? fault.name) === name),
        times,
      ),
    )
    return [`### ${chapter}`, '', ...heading, ...rows].join('\n')
  })
  return parts.join('\n\n')
}

const BEGIN = '<!-- npm run faults -- --write -->'
const END = '<!-- end of the table -->'

/** The table in docs/reliability.md. */
export function tableIn(document: string): string {
  return document.slice(document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END)).trim()
}

/** The document with another table. */
export function withTable(document: string, table: string): string {
  const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)]
  return `${document.slice(0, before)}${BEGIN}\n\n${table}\n\n${document.slice(after)}`
}
