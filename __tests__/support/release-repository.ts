import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { type EndedProcess, runProcess } from '../../sandbox/run-process.ts'
import { inRepository, readRepository } from './repository.ts'

/** Nothing of the machine's own settings, and a name to commit with. */
const WHO = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'octocat',
  GIT_AUTHOR_EMAIL: 'octocat@example.com',
  GIT_COMMITTER_NAME: 'octocat',
  GIT_COMMITTER_EMAIL: 'octocat@example.com',
}

/** The day on which everything in these repositories is committed. */
export const DAY = '2026-06-01'

export interface ReleaseRepository {
  readonly folder: string
  /** Output of a git command. */
  git(...words: string[]): string
  write(file: string, text: string): void
  /** Commits all files and gives the commit. */
  commit(): string
  /** Runs `scripts/release.ts` as the workflow does, with these variables of the runner. */
  release(words: readonly string[], event?: Readonly<Record<string, string>>): Promise<EndedProcess>
}

const changelog = (head: string) => `# Changelog\n\n${head}\n\n- Logs in.\n\n## 0.1.0 (2026-01-01)\n\n- Began.\n`

function repositoryIn(folder: string): ReleaseRepository {
  const date = `${DAY}T12:00:00Z`
  const environment = { PATH: process.env['PATH'], ...WHO }
  const git = (...words: string[]) => {
    const env = { ...environment, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    return execFileSync('git', words, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }).trim()
  }
  return {
    folder,
    git,
    write(file, text) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    commit() {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', 'A change')
      return git('rev-parse', 'HEAD')
    },
    release: (words, event = {}) =>
      runProcess(
        {
          command: [process.execPath, join(folder, 'scripts', 'release.ts'), ...words],
          environment: { ...environment, ...event },
          folder,
        },
        () => {},
      ),
  }
}

/** Copies all files that Git knows here, as they are now. */
export function copyTracked(folder: string): void {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: inRepository(), encoding: 'utf8' })
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(inRepository(name)))) {
    cpSync(inRepository(file), join(folder, file))
  }
}

const copyReleased = (folder: string): void => {
  for (const path of ['scripts', 'dist', 'action.yml', 'LICENSE', 'README.md', 'docs']) {
    cpSync(inRepository(path), join(folder, path), { recursive: true })
  }
}

type WhenFinished = (clean: () => void) => void

function newFolder(whenFinished: WhenFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-'))
  whenFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

interface ReleaseRepositoryOptions {
  /** The head of the newest section of the changelog; by default that of the version and its day. */
  readonly head?: string | undefined
  /** All files of this repository with its own version, so that `dist/` is what they give. */
  readonly isWhole?: boolean | undefined
  /** Of a test that others run beside: Vitest's own function would take one of those for the test that runs. */
  readonly whenFinished?: WhenFinished | undefined
}

/** The version of this repository. */
export const OWN_VERSION: string = JSON.parse(readRepository('package.json')).version

/** Makes a repository for a release of 1.2.3, on its branch main. It has no tag yet, and goes with the test. */
export function makeReleaseRepository(options: ReleaseRepositoryOptions = {}): ReleaseRepository {
  const { isWhole = false, whenFinished = onTestFinished } = options
  const { head = `## ${isWhole ? OWN_VERSION : '1.2.3'} (${DAY})` } = options
  const folder = newFolder(whenFinished)
  if (isWhole) copyTracked(folder)
  else copyReleased(folder)
  const repository = repositoryIn(folder)
  if (!isWhole) setVersion(repository, '1.2.3')
  repository.write('CHANGELOG.md', changelog(head))
  repository.git('init', '--quiet', '--initial-branch=main')
  repository.commit()
  return repository
}

/**
 * Gives each test of a file a repository for a release of 1.2.3, as `makeReleaseRepository` does: a copy of one, since a copy
 * takes less time than a commit. To be called at the top of the file.
 */
export function releaseRepositories(): () => ReleaseRepository {
  let first: ReleaseRepository | undefined
  const ends: (() => void)[] = []
  afterAll(() => {
    for (const end of ends) end()
  })
  return () => {
    first ??= makeReleaseRepository({ whenFinished: (clean) => void ends.push(clean) })
    const folder = newFolder(onTestFinished)
    cpSync(first.folder, folder, { recursive: true })
    return repositoryIn(folder)
  }
}

/** Writes a version to every file that holds it. */
function setVersion({ write }: ReleaseRepository, version: string): void {
  for (const file of ['package.json', 'package-lock.json']) {
    write(file, JSON.stringify({ ...JSON.parse(readRepository(file)), version }))
  }
  write('src/runner/version.ts', `export const VERSION = '${version}'\n`)
}
