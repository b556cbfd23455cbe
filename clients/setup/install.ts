import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { linesOf, replaceTable, tables } from '../table.ts'
import { folder, lockOf, type Part, type PartName, parts, placeOf, problemOf, results, versionOf } from './parts.ts'
import { pipInstall } from './pip.ts'

const clients = join(import.meta.dirname, '..')
const start = promisify(execFile)

const go = {
  GOMODCACHE: join(folder, 'go', 'modules'),
  GOCACHE: join(folder, 'go', 'build'),
  // Otherwise the modules cannot be deleted with the folder.
  GOFLAGS: '-modcacherw',
}

// Package managers need the environment of the person who started the run: it says where packages come from.
async function run(program: string, parameters: readonly string[], options: { cwd?: string; env?: object } = {}) {
  const env = { ...process.env, ...options.env }
  await start(program, parameters, { ...options, env, timeout: 600_000, maxBuffer: 2 ** 26 })
}

async function installPython({ name, lock }: Part, python = 'python3'): Promise<void> {
  const venv = join(placeOf(name), '..')
  await run(python, ['-m', 'venv', '--clear', venv])
  await run(placeOf(name, 'python'), pipInstall(join(clients, lock)))
}

/** The first Python of the machine that is new enough for Databricks Connect. */
async function newPython(): Promise<string> {
  for (const name of ['python3', 'python3.12', 'python3.13', 'python3.14']) {
    const found = await start(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 12))']).catch(() => undefined)
    if (found !== undefined) return name
  }
  throw Object.assign(new Error('too old'), { code: 'ENOENT' })
}

async function installNpm(): Promise<void> {
  const place = join(placeOf('npm'), '..')
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(clients, file), join(place, file))
  // Not `npm ci`: it wants a driver for every platform in the lock file, and one of them cannot be had everywhere.
  await run('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: place })
}

const installGo = (source: string, program: string, built = '.'): Promise<void> =>
  run('go', ['build', '-o', program, built], { cwd: join(clients, source), env: go })

const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
let maven = Promise.resolve()

// One after the other: they share a repository on this machine.
function installJava({ name, lock }: Part): Promise<void> {
  const to = `-DoutputDirectory=${placeOf(name)}`
  maven = maven
    .catch(() => undefined)
    .then(() => {
      rmSync(placeOf(name), { recursive: true, force: true })
      return run('mvn', ['--quiet', '--batch-mode', '--file', join(clients, lock), copyDependencies, to])
    })
  return maven
}

const installers: Readonly<Record<PartName, (part: Part) => Promise<void>>> = {
  python: installPython,
  dbt: installPython,
  tools: installPython,
  checks: installPython,
  connect: async (part) => installPython(part, await newPython()),
  npm: installNpm,
  'go-sdk': () => installGo('go', placeOf('go-sdk', 'login')),
  'go-sql': () => installGo('go-sql', placeOf('go-sql', 'query')),
  jdbc: installJava,
  'jdbc-simba': installJava,
  'java-sdk': installJava,
  schemacrawler: installJava,
  sqlline: installJava,
  actionlint: () =>
    installGo('actionlint', placeOf('actionlint', 'actionlint'), 'github.com/rhysd/actionlint/cmd/actionlint'),
}

/** Installs a part unless its lock file is the one that was installed. What goes wrong is kept as its problem. */
async function install(part: Part): Promise<string> {
  const [stamp, note] = [join(folder, `${part.name}.lock`), join(folder, `${part.name}.problem`)]
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockOf(part)) return 'kept'
  const began = Date.now()
  for (const file of [stamp, note]) rmSync(file, { force: true })
  try {
    await installers[part.name](part)
    writeFileSync(stamp, lockOf(part))
    return `${Math.round((Date.now() - began) / 1000)} s`
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    // Maven says on stdout what went wrong, in its first line.
    const last = stderr.trim().split('\n').at(-1) || (stdout.trim().split('\n')[0] ?? '')
    // One line, since it becomes a cell of the table.
    writeFileSync(note, code === 'ENOENT' ? `there is no ${part.needs} here` : `it could not be installed: ${last}`)
    return problemOf(part.name) ?? ''
  }
}

const NOT_PROVEN = /\| (failed|not run|unproven: [^|]*) \|$/

/**
 * Writes the tables of docs/clients.md, unless some of the cases alone were run, and prints them without what passed.
 * Called by Vitest after the last test.
 */
export function teardown(): void {
  const written = tables.map((table) => ({ table, lines: linesOf(table, results) }))
  const lines = written.flatMap((one) => one.lines)
  console.log(['Not proven by this run:', ...lines.filter((row) => NOT_PROVEN.test(row))].join('\n'))
  if (lines.some((row) => row.endsWith('| not run |'))) return
  const page = join(clients, '..', 'docs', 'clients.md')
  const text = readFileSync(page, 'utf8')
  writeFileSync(
    page,
    written.reduce((before, { table, lines }) => replaceTable(before, table, lines), text),
  )
}

/** Installs all parts at the same time and prints what there is. Called by Vitest before the first test. */
export async function setup(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  rmSync(results, { recursive: true, force: true })
  const lines = await Promise.all(
    parts.map(async (part) => {
      const outcome = await install(part)
      const versions = part.packages.map((name) => `${name} ${versionOf(part, name)}`).join(', ')
      return `  ${part.name}: ${versions} (clients/${part.lock}; ${outcome})`
    }),
  )
  console.log(['Installed into .clients/:', ...lines].join('\n'))
  const problem = problemOf('npm')
  if (problem !== undefined) throw new Error(`The warehouse needs the npm packages: ${problem}.`)
}
