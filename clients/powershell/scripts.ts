/** The line with which each PowerShell block of the pages begins: a native command that fails then ends the script. */
export const FAILS_THE_STEP = '$PSNativeCommandUseErrorActionPreference = $true'

/** The shell of docs/recipes-jobs.md: every step of a job under `exec`. */
export const JOB_SHELL = `databricks-token exec -- pwsh -Command "$ErrorActionPreference = 'Stop'; ${FAILS_THE_STEP}; Invoke-Expression (Get-Content -Raw '{0}')"`

/** Files that the scripts name, where their steps run. */
export const stepFiles: Readonly<Record<string, string>> = {
  'bad.sql': 'SELEC 1',
  'rows.sql': 'SELECT 1 AS one',
  'seven.mjs': 'process.exit(7)',
}

const GOOD = 'databricks-token --version'

/** Scripts that have to fail their step, and whether they do without a line before them. */
export const failing: readonly (readonly [what: string, script: string, plainly: 'red' | 'green'])[] = [
  ['a statement, then a good command', `databricks-token sql --file bad.sql\n${GOOD}`, 'green'],
  ['a statement, then a cmdlet', 'databricks-token sql --file bad.sql\nGet-Date', 'red'],
  ['a statement in a pipe, then a good command', `'SELEC 1' | databricks-token sql -\n${GOOD}`, 'green'],
  [
    'a statement whose result is taken, then a good command',
    `$rows = databricks-token sql --file bad.sql --format jsonl | ConvertFrom-Json\n${GOOD}`,
    'green',
  ],
  ['a gate, then a good command', `databricks-token sql --file rows.sql --fail-if-rows\n${GOOD}`, 'green'],
  ['a program of exec, then a good command', `databricks-token exec -- node seven.mjs\n${GOOD}`, 'green'],
  ['a token that is not to be had, then a good command', `$t = databricks-token --nonsense\n${GOOD}`, 'green'],
  ['throw', `throw 'thrown'\n${GOOD}`, 'red'],
  ['what is no script', `${GOOD}\nif (`, 'red'],
  ['exit 5', `${GOOD}\nexit 5\n${GOOD}`, 'red'],
]

const CAUGHT = "try { databricks-token sql --file bad.sql } catch { 'handled' }"

/** Scripts that have to pass. */
export const passing: readonly (readonly [what: string, script: string])[] = [
  ['good commands', `${GOOD}\ndatabricks-token sql --file rows.sql\n$t = databricks-token\n${GOOD}`],
  ['a failure that is caught, then a good command', `${CAUGHT}\n${GOOD}`],
]

/** A failure that is caught, with nothing after it: the runner's own last line still sees its exit code. */
export const caughtLast = CAUGHT
