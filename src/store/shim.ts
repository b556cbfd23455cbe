import { mkdirSync, realpathSync } from 'node:fs'
import { basename, join, win32 } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeNew } from './atomic-files.ts'

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

// V8 collects young objects only when their space is full, and a large result of `sql` would fill 64 MB of it. So this space is
// made smaller.
const NODE_OPTIONS = '--max-semi-space-size=4'

// Linux before 5.1 cuts a longer first line. If the line then names no program, a shell would run the file, which is
// JavaScript.
const MAX_FIRST_LINE_BYTES = 127

const forShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const shellCommand = (shell: string, { node, script, folder }: ShimOptions): string =>
  `#!${shell}\nexec ${forShell(node)} ${NODE_OPTIONS} ${forShell(script)} --kept ${forShell(folder)} "$@"\n`

/** The command for sh on Windows, where the system starts no file by its first line. No input value is in it. */
export const shellShim = (options: ShimOptions): string => shellCommand('/bin/sh', options)

// The path of Node is one word for the system, or one for `env -S` (GNU coreutils, "env invocation").
function firstLineFor(node: string, envSplits: () => boolean): string | undefined {
  const fits = (line: string) => Buffer.byteLength(line) <= MAX_FIRST_LINE_BYTES
  const direct = `#!${node} ${NODE_OPTIONS}`
  if (!/\s/.test(node) && fits(direct)) return direct
  const split = `#!/usr/bin/env -S "${node}" ${NODE_OPTIONS}`
  return fits(split) && /^[^"\\$\t\r\n]+$/.test(node) && envSplits() ? split : undefined
}

/**
 * The command where the system starts a file by its first line. That line starts Node itself, since a shell between could
 * take variables out of the environment: dash and busybox drop each whose name is no identifier. What follows is JavaScript
 * that runs both as CommonJS and as a module, since a package.json in a folder above decides which it is. If no first line
 * can name Node, bash starts it, since bash hands on the names that it cannot use itself. The option -p keeps bash from
 * reading files and functions that its environment names. No input value is in the command.
 *
 * @param envSplits whether `/usr/bin/env -S` is there, for a path with a space
 */
export function executableShim(options: ShimOptions, envSplits: () => boolean): string {
  const { node, script, folder } = options
  const firstLine = firstLineFor(node, envSplits)
  if (firstLine === undefined) return shellCommand('/bin/bash -p', options)
  const bundle = JSON.stringify(pathToFileURL(script).href)
  return `${firstLine}\nprocess.argv.splice(2, 0, '--kept', ${JSON.stringify(folder)})\nimport(${bundle})\n`
}

// busybox has no -S, and other systems than Linux take the line apart themselves, in the middle of quotation marks.
function doesEnvSplit(): boolean {
  try {
    return process.platform === 'linux' && basename(realpathSync('/usr/bin/env')) !== 'busybox'
  } catch {
    return false
  }
}

const forCmd = (text: string): string => `"${text.replaceAll('%', '%%')}"`

// Says who hands the arguments on: cmd reads them first. Not a variable, which `exec` would hand on to commands that
// nobody starts through cmd.
const KEPT_THROUGH_CMD = '--kept-through-cmd'

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
  const command = `${fromPlace(node, bin)} ${NODE_OPTIONS} ${fromPlace(script, bin)} ${KEPT_THROUGH_CMD} ${fromPlace(folder, bin)} %*`
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
    ? [`${forCmd(node)} ${NODE_OPTIONS} ${forCmd(script)} ${KEPT_THROUGH_CMD} ${forCmd(folder)} %*`]
    : cmdShimFromPlace(options)
  return ['@echo off', ...lines, ''].join('\r\n')
}

/** Writes the command into `bin` of the login's folder, for each shell; returns that folder for PATH. */
export function writeShims(options: ShimOptions): string {
  const bin = join(options.folder, 'bin')
  mkdirSync(bin, { mode: 0o700 })
  const isWindows = process.platform === 'win32'
  const shim = isWindows ? shellShim(options) : executableShim(options, doesEnvSplit)
  writeNew(join(bin, options.name), shim, EXECUTABLE)
  writeNew(join(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE)
  return bin
}
