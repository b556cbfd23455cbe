import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The checkout that a release is made from. */
export const root = dirname(dirname(import.meta.dirname))

export const textOf = (...path: readonly string[]): string => readFileSync(join(root, ...path), 'utf8')

/** Output of a git command in the checkout, as bytes. Throws if git fails. */
export const gitBytes = (...words: readonly string[]): Buffer =>
  execFileSync('git', words, { cwd: root, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] })

/** The same as text, without the line break at its end. */
export const git = (...words: readonly string[]): string =>
  gitBytes(...words)
    .toString()
    .trimEnd()

/** Paths that Git knows, under these. */
export const trackedUnder = (...paths: readonly string[]): string[] =>
  git('ls-files', '-z', '--', ...paths)
    .split('\0')
    .filter((path) => path !== '')

/** The commit that is checked out, as 40 hexadecimal digits. */
export const headCommit = (): string => git('rev-parse', 'HEAD')
