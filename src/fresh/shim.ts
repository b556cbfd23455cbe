import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from './files.ts'

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

const forShell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The command for sh, and so for bash; no input value is in it, paths alone. */
export const shellShim = ({ node, script, folder }: ShimOptions): string =>
  `#!/bin/sh\nexec ${forShell(node)} ${forShell(script)} --kept ${forShell(folder)} "$@"\n`

const forCmd = (text: string): string => `"${text.replaceAll('%', '%%')}"`

/** The command for cmd and PowerShell; a Windows path holds no quotation mark. */
export const cmdShim = ({ node, script, folder }: ShimOptions): string =>
  `@echo off\r\n${forCmd(node)} ${forCmd(script)} --kept ${forCmd(folder)} %*\r\n`

/** Writes the command into `bin` of the login's folder, for each shell; returns that folder for PATH. */
export function writeShims(options: ShimOptions): string {
  const bin = join(options.folder, 'bin')
  mkdirSync(bin, { mode: 0o700 })
  writeWhole(join(bin, options.name), shellShim(options), EXECUTABLE)
  writeWhole(join(bin, `${options.name}.cmd`), cmdShim(options), EXECUTABLE)
  return bin
}
