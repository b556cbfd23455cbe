/** A shell of `run:` steps, as the runner starts it (actions/runner, ScriptHandlerHelpers.cs and ScriptHandler.cs). */
export interface Shell {
  /** As the step's `shell:` says it. */
  readonly name: string
  readonly extension: string
  /** What the runner makes of the script before it writes it to the file. */
  readonly scriptFor: (script: string) => string
  readonly commandFor: (file: string) => readonly [string, ...string[]]
}

/** Without `shell:`, on Linux and macOS. */
export const plainBash: Shell = {
  name: 'bash -e {0}',
  extension: '.sh',
  scriptFor: (script) => script,
  commandFor: (file) => ['bash', '-e', file],
}

/** What the runner makes of a script with `shell: pwsh` or `shell: powershell`. */
export const powerShellScript = (script: string): string =>
  [
    "$ErrorActionPreference = 'stop'",
    script,
    'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }',
  ].join('\n')

/** `shell: pwsh`, with the program that stands for it. */
export const pwsh = (program: string): Shell => ({
  name: 'pwsh',
  extension: '.ps1',
  scriptFor: powerShellScript,
  commandFor: (file) => [program, '-command', `. '${file}'`],
})

// As .NET reads a command line where there is none: spaces separate, quotation marks hold together.
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => word.replaceAll('"', ''))

/** A `shell:` of one's own, with `{0}` for the file, to which the runner adds nothing and gives no extension. */
export const customShell = (line: string): Shell => ({
  name: line,
  extension: '',
  scriptFor: (script) => script,
  commandFor: (file) => {
    const [program = '', ...parameters] = wordsOf(line.replaceAll('{0}', file))
    return [program, ...parameters]
  },
})
