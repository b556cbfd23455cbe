// Breaks each guard of the threats table in docs/security.md once, in a copy of the repository, and runs the test that
// the table names for it. A break that its test lets through fails. Words of a row or of a test choose some:
// npm run break-guards -- an expired token
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Break, breaks, type Edit } from './guards/breaks.ts'
import { mistakesIn, rowOf, testOf } from './guards/mistakes.ts'
import { type NamedTest, threatsIn } from './guards/threats.ts'

const root = dirname(import.meta.dirname)
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const threats = threatsIn(textOf('docs/security.md'))

/** What became of the tests of one title. A test did not run if its file cannot be read, for example. */
type Outcome = 'passes' | 'fails' | 'DID NOT RUN'

function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'break-guards-'))
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root }).toString().split('\0').filter(Boolean)
  for (const file of files) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

// A title stands in the source with placeholders such as %s, in whose place a name of the case stands when it runs.
const pattern = (title: string): string =>
  title
    .split(/%[a-z]/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')

// Its last test judges what the others have done.
const WHOLE = ['federation/where-tokens-go.test.ts']

interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[]
}

function outcomeOf({ testResults }: Report, title: string): Outcome {
  const statuses = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((one) => new RegExp(`^${pattern(title)}$`, 's').test(one.title))
    .map(({ status }) => status)
  if (statuses.includes('failed')) return 'fails'
  return statuses.includes('passed') ? 'passes' : 'DID NOT RUN'
}

function runTest(copy: string, { file, title }: NamedTest): Outcome {
  const project = file.startsWith('e2e/') ? 'e2e' : 'fast'
  const report = join(copy, 'result.json')
  rmSync(report, { force: true })
  const chosen = WHOLE.includes(file) ? [] : ['-t', pattern(title)]
  const args = ['vitest', 'run', '--project', project, `__tests__/${file}`, ...chosen]
  const env = { ...process.env, FUZZ_RUNS: '300' }
  spawnSync('npx', [...args, '--reporter=json', `--outputFile=${report}`], { cwd: copy, env })
  try {
    return outcomeOf(JSON.parse(readFileSync(report, 'utf8')), title)
  } catch {
    return 'DID NOT RUN'
  }
}

const readsBundles = ({ file }: NamedTest): boolean => file.startsWith('e2e/') || file === 'contract.test.ts'

const build = (copy: string): void => void execFileSync('npm', ['run', '-s', 'build'], { cwd: copy, stdio: 'pipe' })

function edit(copy: string, [file, from, to]: Edit): void {
  const path = join(copy, file)
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(from, () => to),
  )
}

/** Breaks a guard, runs its test, and takes the break back. */
function runBroken(copy: string, [, , , ...edits]: Break, test: NamedTest): Outcome | 'DOES NOT COMPILE' {
  const before = new Map(edits.map(([file]) => [file, readFileSync(join(copy, file), 'utf8')]))
  try {
    for (const each of edits) edit(copy, each)
    if (readsBundles(test)) build(copy)
    return runTest(copy, test)
  } catch {
    return 'DOES NOT COMPILE'
  } finally {
    for (const [file, text] of before) writeFileSync(join(copy, file), text)
  }
}

/** A break, and the test of the table that has to fail by it. */
interface Trial {
  one: Break
  row: string
  test: NamedTest
}

function trialsFor(words: string): Trial[] {
  const trials = breaks.flatMap((one): Trial[] => {
    const [row, test] = [rowOf(one, threats), testOf(one, threats)]
    return row === undefined || test === undefined ? [] : [{ one, row: row.name, test }]
  })
  return trials.filter(({ row, test }) => `${row} ${test.file} ${test.title}`.toLowerCase().includes(words))
}

function tell(result: string, { one, test }: Trial): void {
  const [row, , , [source]] = one
  console.log(`${result.padEnd(18)}${row.padEnd(34)}${source.padEnd(38)}${test.file} "${test.title}"`)
}

/** @returns how many guards were not shown to be held by their tests */
function breakEach(copy: string, trials: readonly Trial[]): number {
  if (trials.some(({ test }) => readsBundles(test))) build(copy)
  // All unbroken ones first, in the bundles that the source gives: a test that fails by itself would show nothing.
  const unbroken = new Map(trials.map((trial) => [trial, runTest(copy, trial.test)]))
  const shown = trials.filter((trial) => {
    const before = unbroken.get(trial)
    const result = before === 'passes' ? runBroken(copy, trial.one, trial.test) : `${before}, UNBROKEN`
    tell(result === 'fails' ? 'broken: fails' : result, trial)
    return result === 'fails'
  })
  return trials.length - shown.length
}

function run(): number {
  const mistakes = mistakesIn(breaks, threats, textOf)
  for (const mistake of mistakes) console.log(mistake)
  if (mistakes.length > 0) return 1
  const words = process.argv.slice(2).join(' ').toLowerCase()
  const trials = trialsFor(words)
  if (trials.length === 0) {
    console.log(`No row and no test holds: ${words}`)
    return 1
  }
  const copy = copyOfRepository()
  try {
    const left = breakEach(copy, trials)
    console.log(`${trials.length - left} of ${trials.length} breaks made their test fail.`)
    return left === 0 ? 0 : 1
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

process.exitCode = run()
