import type { StepResult } from '../../sandbox/run-step.ts'
import { inMarkdown } from '../../src/markdown.ts'
import type { Pair } from '../support/federated.ts'

/** The names that a person would read in place of those of the sandbox. */
const HOST = 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'
export const ISSUER = 'https://token.actions.githubusercontent.com'

/** A text with what changes from run to run, and what is of the sandbox alone, replaced by what stands for it. */
export function asRead(text: string, { runner, workspace }: Pair): string {
  const names = [
    [workspace.host, HOST],
    [new URL(workspace.host).host, new URL(HOST).host],
    ...(runner.issuer.url.startsWith('http://') ? [[runner.issuer.url, ISSUER]] : []),
  ] as const
  return names
    .flatMap(([from = '', to = '']) => [[from, to] as const, [inMarkdown(from), inMarkdown(to)] as const])
    .reduce((read, [from, to]) => read.replaceAll(from, to), text)
    .replace(/\d{4}-\d\d-\d\dT\d\d(?::|&#58;)\d\d(?::|&#58;)\d\dZ/g, '2026-11-24T08:05:00Z')
    .replace(/\(in \d+ s\)/g, '(in 300 s)')
    .replace(/\d+ s (ahead of|behind)/g, '600 s $1')
    .replace(/only \d+ s/g, 'only 45 s')
    .replace(/(The server said .*(?::|&#58;) )[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '$1ERROR_ID')
    .replace(/(The server said: .*: )[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '$1ERROR_ID')
}

/** What the action itself said in a step, as its log shows it. */
export function logAsRead({ log }: StepResult, pair: Pair): string {
  const lines = log.split('\n')
  const start = lines.findIndex((line, at) => at > 0 && !/^(with:|env:| {2}\w)/.test(line))
  const end = lines.findIndex((line) => line.startsWith('Error: Process completed'))
  return `${asRead(lines.slice(start, end < 0 ? undefined : end).join('\n'), pair).trimEnd()}\n`
}
