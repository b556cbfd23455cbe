import { execFile, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folder, isHere, node, wineEnvironment } from './place.ts'

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

// Node 22 refuses to run on anything before Windows 10.
async function prepareWine(): Promise<void> {
  const options = { env: wineEnvironment, cwd: folder, timeout: 120_000 }
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

// Wine boots whenever its first program starts, and ends with its last: one program stays for the whole run.
function keepWineRunning(): () => void {
  const [wine, ...parameters] = node
  const waiting = [...parameters, '-e', 'setInterval(() => {}, 1e9)']
  const child = spawn(wine, waiting, { env: wineEnvironment, cwd: folder, stdio: 'ignore' })
  return () => child.kill('SIGKILL')
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
  return isWindows ? undefined : keepWineRunning()
}
