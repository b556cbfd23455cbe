import { mkdirSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { writeAtomically } from './atomic-files.ts'

const EXECUTABLE = 0o700

interface ShimOptions {
  /** Name of the command. */
  name: string
  /** Path of the Node that runs this step: a self-hosted runner may have no other. */
  node: string
  /** Path of the command's bundle. */
  script: string
  /** Folder of the login. */
  folder: string
}

// Of the young objects: V8 would let a large result of `sql` fill 64 MB before it looks.
const NODE_OPTIONS = '--max-semi-space-size=4'

const forShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The command for sh, and so for bash; no input value is in it, paths alone. */
export const shellShim = ({ node, script, folder }: ShimOptions): string =>
  `#!/bin/sh\nexec ${forShell(node)} ${NODE_OPTIONS} ${forShell(script)} --kept ${forShell(folder)} "$@"\n`

const forCmd = (text: string): string => `"${text.replaceAll('%', '%%')}"`

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

const PLACE = 'DATABRICKS_TOKEN_PLACE'

// A path on the same drive, named from the file's own place.
function fromPlace(path: string, bin: string): string {
  const fromBin = win32.relative(bin, path)
  const named = forCmd(fromBin)
  return win32.isAbsolute(fromBin) ? named : named.replace('"', `"%${PLACE}%`)
}

// cmd reads its file in the code page of whatever console runs it, where letters outside ASCII are others, but knows
// the file's place. In a subroutine `%~dp0` is that place even if the command was called by its name in quotation
// marks, when it is otherwise the current directory.
function cmdShimFromPlace({ node, script, folder }: ShimOptions): string[] {
  const bin = win32.join(folder, 'bin')
  const command = `${fromPlace(node, bin)} ${NODE_OPTIONS} ${fromPlace(script, bin)} --kept ${fromPlace(folder, bin)} %*`
  return [
    'setlocal disabledelayedexpansion',
    'goto main',
    ':place',
    `set "${PLACE}=%~dp0"`,
    'exit /b 0',
    ':main',
    'call :place',
    // Read as a whole before any of it runs: the program does not inherit the variable.
    `endlocal & ${command}`,
  ]
}

/** The command for cmd and PowerShell; a Windows path holds no quotation mark. */
export function cmdShim(options: ShimOptions): string {
  const { node, script, folder } = options
  const lines = isAscii(node + script + folder)
    ? [`${forCmd(node)} ${NODE_OPTIONS} ${forCmd(script)} --kept ${forCmd(folder)} %*`]
    : cmdShimFromPlace(options)
  return ['@echo off', ...lines, ''].join('\r\n')
}

/** Writes the command into `bin` of the login's folder, for each shell; returns that folder for PATH. */
export function writeShims(options: ShimOptions): string {
  const bin = join(options.folder, 'bin')
  mkdirSync(bin, { mode: 0o700 })
  writeAtomically(join(bin, options.name), shellShim(options), EXECUTABLE)
  writeAtomically(join(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE)
  return bin
}
