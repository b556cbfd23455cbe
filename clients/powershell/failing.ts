/** The line with which each PowerShell block of the pages begins: a native command that fails then ends the script. */
export const FAILS_THE_STEP = '$PSNativeCommandUseErrorActionPreference = $true'

/** The shell of docs/recipes.md: every step of a job under `exec`. */
export const JOB_SHELL = `databricks-token exec -- pwsh -Command "$ErrorActionPreference = 'Stop'; ${FAILS_THE_STEP}; Invoke-Expression (Get-Content -Raw '{0}')"`

/** A script, and what becomes of a step that runs it. */
export interface Script {
  readonly what: string
  readonly script: string
  /** Without anything before it. */
  readonly plainly: 'red' | 'green'
}

const GOOD = 'databricks-token --version'

/** Ten scripts that have to fail their step. */
export const failing: readonly Script[] = [
  {
    what: 'a statement, then a good command',
    script: `databricks-token sql --file bad.sql\n${GOOD}`,
    plainly: 'green',
  },
  { what: 'a statement, then a cmdlet', script: 'databricks-token sql --file bad.sql\nGet-Date', plainly: 'red' },
  {
    what: 'a statement from a pipe, then a good command',
    script: `'SELEC 1' | databricks-token sql -\n${GOOD}`,
    plainly: 'green',
  },
  {
    what: 'a statement whose result is taken, then a good command',
    script: `$rows = databricks-token sql --file bad.sql --format jsonl | ConvertFrom-Json\n${GOOD}`,
    plainly: 'green',
  },
  {
    what: 'a gate, then a good command',
    script: `databricks-token sql --file rows.sql --fail-if-rows\n${GOOD}`,
    plainly: 'green',
  },
  {
    what: 'a program of exec, then a good command',
    script: `databricks-token exec -- node seven.mjs\n${GOOD}`,
    plainly: 'green',
  },
  {
    what: 'a token that is not to be had, then a good command',
    script: `$t = databricks-token --nonsense\n${GOOD}`,
    plainly: 'green',
  },
  { what: 'throw', script: `throw 'thrown'\n${GOOD}`, plainly: 'red' },
  { what: 'a script that is none', script: `${GOOD}\nif (`, plainly: 'red' },
  { what: 'exit 5', script: `${GOOD}\nexit 5\n${GOOD}`, plainly: 'red' },
]

/** Scripts that have to pass, whatever failed in between. */
export const passing: readonly Pick<Script, 'what' | 'script'>[] = [
  { what: 'good commands', script: `${GOOD}\ndatabricks-token sql --file rows.sql\n$t = databricks-token\n${GOOD}` },
  {
    what: 'a failure that try and catch handle',
    script: `try { databricks-token sql --file bad.sql } catch { 'handled' }\n$global:LASTEXITCODE = 0`,
  },
  {
    what: 'a failure that is expected',
    script: `$PSNativeCommandUseErrorActionPreference = $false\ndatabricks-token sql --file rows.sql --fail-if-rows\nif ($LASTEXITCODE -ne 3) { throw 'no rows' }\n$global:LASTEXITCODE = 0`,
  },
]
