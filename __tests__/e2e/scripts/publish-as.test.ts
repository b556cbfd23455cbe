import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { runProcess } from '../../../sandbox/run-process.ts'
import { OURS, OURS_PINNED } from '../../docs/workflow.ts'
import { needs } from '../../support/needs.ts'
import { copyTracked } from '../../support/release-repository.ts'
import { inRepository } from '../../support/repository.ts'

// Put together, so that this file holds neither.
const PLACE = ['octo-org', 'log-in-to-databricks'].join('/')
const COMMIT = '89abcdef01'.repeat(4)

const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 })
const filesOf = (folder: string): string[] => git(folder, 'ls-files', '-z').split('\0').filter(Boolean)

/** A repository of its own, with all that this one has. */
function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'published-'))
  copyTracked(copy)
  git(copy, 'init', '--quiet')
  git(copy, 'add', '--all')
  symlinkSync(inRepository('node_modules'), join(copy, 'node_modules'))
  return copy
}

describe('a copy that is published under a name', () => {
  needs('a clone')
  needs('bash')
  needs('scripts as programs')
  let copy = ''
  beforeEach(() => {
    copy ||= copyRepository()
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  const run = async (...command: [string, ...string[]]) =>
    runProcess({ command, environment: { PATH: process.env['PATH'] }, folder: copy, timeoutSeconds: 110 }, () => {})
  const publish = (...words: string[]) => run(process.execPath, join(copy, 'scripts', 'publish-as.mjs'), ...words)
  const textOf = (file: string): string => readFileSync(join(copy, file), 'utf8')
  const holding = (text: string): string[] => filesOf(copy).filter((file) => textOf(file).includes(text))

  test.each([
    ['no name', ['databricks-token-action', COMMIT, 'v1.0.0']],
    ['half a commit', [PLACE, COMMIT.slice(20), 'v1.0.0']],
    ['a moving tag', [PLACE, COMMIT, 'v1']],
  ])('changes nothing for %s', async (_what, words) => {
    const ended = await publish(...words)
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining('Takes OWNER/NAME')])
    expect(holding(PLACE)).toEqual([])
  })

  test('names its place and its commit everywhere, and nothing else', async () => {
    const ended = await publish(PLACE, COMMIT, 'v1.2.3')
    expect(ended.exitCode, ended.stderr).toBe(0)
    expect(holding(OURS)).toEqual([])
    expect(holding(OURS_PINNED.replace(OURS, ''))).toEqual([])
    expect(textOf('.github/CODEOWNERS')).toMatch(/^\* @octo-org$/m)
    expect(textOf('README.md')).toContain(`uses: ${PLACE}@${COMMIT} # v1.2.3\n`)
  })

  test('is formatted, and its pages still hold', async () => {
    const biome = join(copy, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
    const vitest = join(copy, 'node_modules', 'vitest', 'vitest.mjs')
    const changed = git(copy, 'diff', '--name-only', '-z').split('\0').filter(Boolean)
    expect(changed).toContain('package.json')
    const [lint, tests] = await Promise.all([
      run(process.execPath, biome, 'check', '--files-ignore-unknown=true', ...changed),
      // Seven files of tests are loaded in less time than two processes start.
      run(
        process.execPath,
        vitest,
        'run',
        '--project=fast',
        '--maxWorkers=1',
        '__tests__/docs',
        '__tests__/pins.test.ts',
      ),
    ])
    expect(lint.exitCode, lint.stderr).toBe(0)
    expect(tests.exitCode, tests.stdout + tests.stderr).toBe(0)
  })

  test('takes the commit of the next release, at the same place', async () => {
    const next = COMMIT.replaceAll('a', 'f')
    writeFileSync(join(copy, 'other.md'), `${PLACE}-two@${COMMIT} # v1.2.3\n`)
    git(copy, 'add', 'other.md')
    expect((await publish(PLACE, next, 'v1.3.0-rc.1')).exitCode).toBe(0)
    expect(holding(COMMIT)).toEqual(['other.md'])
    expect(textOf('docs/security.md')).toContain(`uses: ${PLACE}@${next} # v1.3.0-rc.1\n`)
  })
})

test('the place is one of its own until it is published', () => {
  expect(OURS).toMatch(/^[\w-]+\/[\w.-]+$/)
})
