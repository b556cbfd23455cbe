import { execFile, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { folder, isHere, powerShellArchive, powerShellExe, powerShellFolder, wineEnvironment } from './place.ts'

const start = promisify(execFile)
const lock = join(import.meta.dirname, 'package-lock.json')
const stamp = join(folder, 'installed')
const isWindows = process.platform === 'win32'

async function installModules(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(import.meta.dirname, name), join(folder, name))
  // Forced, since npm refuses a program of another system even where that is asked for.
  const forWindows = ['--force', '--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund']
  await start('npm', ['ci', ...forWindows], { cwd: folder, shell: isWindows, timeout: 300_000 })
}

// Node 22 refuses to run on anything before Windows 10. Without mscoree nothing asks for Mono.
async function prepareWine(): Promise<void> {
  const env = { ...wineEnvironment, WINEDLLOVERRIDES: `mscoree,${wineEnvironment.WINEDLLOVERRIDES}` }
  const options = { env, cwd: folder, timeout: 120_000 }
  await start('wine', ['wineboot', '--init'], options)
  const version = ['HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']
  await start('wine', ['reg', 'add', ...version], options)
}

async function prepare(): Promise<void> {
  const wanted = readFileSync(lock, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const began = Date.now()
  await installModules()
  if (!isWindows) await prepareWine()
  writeFileSync(stamp, wanted)
  console.log(`Prepared ${isWindows ? 'Windows' : 'Wine'} in ${Math.round((Date.now() - began) / 1000)} s.`)
}

// PowerShell looks for its modules beside itself, and the archive has them where its package has them.
async function unpackPowerShell(archive: string): Promise<void> {
  const stamp = join(powerShellFolder, 'unpacked')
  const name = basename(archive)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === name) return
  rmSync(powerShellFolder, { recursive: true, force: true })
  mkdirSync(powerShellFolder, { recursive: true })
  await start('tar', ['--extract', '--strip-components=1', '--file', archive, '--directory', powerShellFolder])
  cpSync(join(powerShellFolder, 'pwshhost.exe'), join(powerShellFolder, 'pwsh.exe'))
  const library = join(powerShellFolder, 'runtimes', 'win', 'lib')
  const [framework = ''] = readdirSync(library)
  cpSync(join(library, framework, 'Modules'), join(powerShellFolder, 'Modules'), { recursive: true })
  writeFileSync(stamp, name)
}

// Wine boots whenever its first program starts, and ends with its last, so one stays for the whole run. It is the one
// that Wine would start beside the first program with a window, and that would hold the output of that program open.
function keepWineRunning(): () => void {
  spawn('wine', ['explorer.exe'], { env: wineEnvironment, cwd: folder, stdio: 'ignore' })
  return () => {
    spawnSync('wineserver', ['--kill'], { env: wineEnvironment })
  }
}

/**
 * Installs Node for Windows, and what presses Ctrl-C. Called by Vitest before the first test; what it returns, after
 * the last.
 */
export async function setup(): Promise<(() => void) | undefined> {
  if (!isHere) {
    console.log('Not proven here: there is no Windows, and no Wine to stand in for it.')
    return undefined
  }
  await prepare()
  if (!isWindows && powerShellArchive !== undefined) await unpackPowerShell(powerShellArchive)
  if (powerShellExe() === undefined) console.log('Not proven here: PowerShell for Windows, which is not installed.')
  return isWindows ? undefined : keepWineRunning()
}
