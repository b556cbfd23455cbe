import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'

const page = join(import.meta.dirname, '..', 'docs', 'performance.md')

/** A table in Markdown. */
export function tableOf(heading: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n')
}

const loadAtStart = loadavg()[0] ?? 0

/** What measured: figures of one machine say little of another, and those of a busy one little at all. */
export function machine(): string {
  const [first] = cpus()
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${cpus().length} cores (${first?.model.trim() || process.arch}), Node ${process.version}, load ${loadAtStart.toFixed(1)} at the start`
}

/** Prints what a command has measured, and with `--write` puts it into its place in docs/performance.md. */
export function report(command: string, measured: string): void {
  console.log(measured)
  if (!process.argv.includes('--write')) return
  const [begin, end] = [`<!-- npm run ${command} -- --write -->\n`, `<!-- end of npm run ${command} -->`]
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for npm run ${command}`)
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n${measured}\n\n${text.slice(to)}`)
}
