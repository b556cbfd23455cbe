import { readFileSync, writeFileSync } from 'node:fs'
import { runCases } from './run-cases.ts'
import { renderTable, withTable } from './table.ts'

const document = 'docs/reliability.md'

const results = await runCases('real')
process.stdout.write(`${renderTable(results, { times: true })}\n`)
if (process.argv.includes('--write')) {
  writeFileSync(document, withTable(readFileSync(document, 'utf8'), renderTable(results, { times: false })))
}
