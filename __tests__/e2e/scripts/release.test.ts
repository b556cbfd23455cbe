import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { needs } from '../../support/needs.ts'
import {
  DAY,
  makeReleaseRepository,
  type ReleaseRepository,
  releaseRepositories,
} from '../../support/release-repository.ts'
import { inRepository, readRepository } from '../../support/repository.ts'

// sha256sum and tar stand beside bash on every machine that this is for.
needs('bash')
needs('scripts as programs')
needs('git')

const TAG = 'v1.2.3'

// At its first commit, on main.
const newRepository = releaseRepositories()

/** What the check says, each line without its mark. */
async function checkOf(repository: ReleaseRepository, words: readonly string[] = [TAG], event = {}) {
  const ended = await repository.release(['check', ...words], event)
  expect(ended.stderr).toBe('')
  return { exitCode: ended.exitCode, said: ended.stdout.trim().split('\n') }
}

describe('a release', () => {
  test('is one where tag, version, changelog and commit agree, on main and on a line of its own', async () => {
    const repository = newRepository()
    repository.git('tag', '--annotate', '--message', TAG, TAG)
    const event = { GITHUB_SHA: repository.git('rev-parse', 'HEAD'), GITHUB_REPOSITORY: placeOf(repository) }
    expect(await checkOf(repository, [TAG], event)).toEqual({ exitCode: 0, said: [''] })
    repository.git('branch', '--move', 'releases/v1')
    expect(await checkOf(repository, [TAG], event)).toEqual({ exitCode: 0, said: [''] })
  })

  const wrong: Readonly<Record<string, readonly [change: (repository: ReleaseRepository) => void, said: string]>> = {
    'a version in package.json': [
      ({ write, commit }) => {
        write('package.json', JSON.stringify({ ...JSON.parse(readRepository('package.json')), version: '1.2.4' }))
        commit()
      },
      'package.json says 1.2.4, not 1.2.3.',
    ],
    'a version in the source': [
      ({ write, commit }) => {
        write('src/runner/version.ts', "export const VERSION = '1.2.2'\n")
        commit()
      },
      'src/runner/version.ts says 1.2.2, not 1.2.3.',
    ],
    'a date': [
      ({ write, commit }) => {
        write('CHANGELOG.md', '# Changelog\n\n## 1.2.3 (2026-11-30)\n\n- Logs in.\n')
        commit()
      },
      `CHANGELOG.md dates 1.2.3 "2026-11-30", and its commit is of ${DAY}.`,
    ],
    'a changelog that is ahead': [
      ({ write, commit }) => {
        write(
          'CHANGELOG.md',
          `# Changelog\n\n## 1.3.0 (not yet released)\n\n- More.\n\n## 1.2.3 (${DAY})\n\n- Logs in.\n`,
        )
        commit()
      },
      'CHANGELOG.md has a section above 1.2.3.',
    ],
    'a changelog that says nothing': [
      ({ write, commit }) => {
        write('CHANGELOG.md', `# Changelog\n\n## 1.2.3 (${DAY})\n\n## 1.2.2 (${DAY})\n\n- Logs in.\n`)
        commit()
      },
      'CHANGELOG.md says nothing of 1.2.3.',
    ],
    'a branch': [({ git }) => git('branch', '--move', 'feature'), 'is neither on main nor on releases/v….'],
    'a dirty tree': [({ write }) => write('dist/main/index.js', 'tampered'), 'The work tree has changes.'],
    'a file that nobody committed': [({ write }) => write('dist/more.js', ''), 'The work tree has changes.'],
  }

  test.each(Object.entries(wrong))('is refused for %s that is wrong', async (_what, [change, said]) => {
    const repository = newRepository()
    change(repository)
    repository.git('tag', TAG)
    const { exitCode, said: lines } = await checkOf(repository)
    expect(exitCode).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^::error title=Not a release::/)])
    expect(lines[0]).toContain(said)
  })

  test.each(['1.2.3', 'v1', 'v1.2', 'v1.2.03', 'v1.2.3;x', ''])('is refused for the tag %j', async (tag) => {
    const { exitCode, said } = await checkOf(newRepository(), [tag])
    expect([exitCode, said]).toEqual([1, [`::error title=Not a release::${tag} is no vMAJOR.MINOR.PATCH.`]])
  })

  test('is refused for a tag that is not there', async () => {
    const { exitCode, said } = await checkOf(newRepository())
    expect([exitCode, said]).toEqual([1, [`::error title=Not a release::There is no tag ${TAG}.`]])
  })

  test('is refused for a tag that was moved, before the checkout or after it', async () => {
    const repository = newRepository()
    const started = repository.git('rev-parse', 'HEAD')
    repository.commit()
    repository.git('tag', TAG)
    const before = await checkOf(repository, [TAG], { GITHUB_SHA: started })
    expect(before.exitCode).toBe(1)
    expect(before.said[0]).toContain(`The tag was moved: the run began for ${started}, and`)
    repository.git('tag', '--force', TAG, started)
    const after = await checkOf(repository, [TAG])
    expect([after.exitCode, after.said[0]]).toEqual([1, expect.stringContaining(`${TAG} is ${started}, and `)])
  })

  test('is refused in another repository than the one that its pages name', async () => {
    const repository = newRepository()
    repository.git('tag', TAG)
    const { exitCode, said } = await checkOf(repository, [TAG], { GITHUB_REPOSITORY: 'octo-org/copy' })
    expect([exitCode, said]).toEqual([
      1,
      [expect.stringContaining('and this is octo-org/copy: node scripts/publish-as')],
    ])
  })
})

function placeOf({ folder }: ReleaseRepository): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).repository.replace('github:', '')
}

describe('a rehearsal', () => {
  test('minds nothing that can only be right on the day, and says it', async () => {
    const repository = makeReleaseRepository({ head: '## 1.2.3 (not yet released)' })
    repository.git('branch', '--move', 'feature')
    const { exitCode, said } = await checkOf(repository, ['--rehearsal', TAG], { GITHUB_REPOSITORY: 'octo-org/copy' })
    expect(exitCode).toBe(0)
    expect(said.length).toBe(4)
    for (const line of said) expect(line).toMatch(/^::notice title=Before the release::/)
  })

  test('fails for what is wrong on any day', async () => {
    const { exitCode, said } = await checkOf(newRepository(), ['--rehearsal', 'v1.2.4'])
    expect(exitCode).toBe(1)
    expect(said).toContain('::error title=Not a release::package.json says 1.2.3, not 1.2.4.')
    expect(said).toContain('::error title=Not a release::CHANGELOG.md has no section 1.2.4.')
  })

  test('on a branch takes the version of package.json', async () => {
    expect((await newRepository().release(['tag'])).stdout).toBe(`${TAG}\n`)
  })
})

/** Makes what is published, in a folder of its own; gives the folder. */
async function assetsOf(repository: ReleaseRepository, folder = 'assets'): Promise<string> {
  const ended = await repository.release(['assets', TAG, folder])
  expect(ended.stderr).toBe('')
  return join(repository.folder, folder)
}

const sh = (folder: string, script: string): string =>
  execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

describe('what is published', () => {
  test('is the same bytes each time, whatever the umask', async () => {
    const repository = newRepository()
    const first = await assetsOf(repository)
    const before = process.umask(0o077)
    const second = await assetsOf(repository, 'again').finally(() => process.umask(before))
    expect(readdirSync(first).sort()).toEqual([
      'SHA256SUMS',
      'databricks-token-action-1.2.3.tar.gz',
      'dist.sha256',
      'sbom.cdx.json',
    ])
    for (const name of readdirSync(first)) {
      expect(readFileSync(join(first, name)).equals(readFileSync(join(second, name))), name).toBe(true)
    }
  })

  test('is verified by its checksums, and one byte that differs is seen', async () => {
    const folder = await assetsOf(newRepository())
    expect(sh(folder, 'sha256sum --check SHA256SUMS').match(/: OK$/gm)?.length).toBe(3)
    sh(folder, 'tar -xzf *.tar.gz --strip-components=1 && sha256sum --check --quiet dist.sha256')
    const main = join(folder, 'dist', 'main', 'index.js')
    const bytes = readFileSync(main)
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1
    writeFileSync(main, bytes)
    expect(() => sh(folder, 'sha256sum --check --quiet dist.sha256 >&2')).toThrow('dist/main/index.js: FAILED')
    writeFileSync(join(folder, 'sbom.cdx.json'), '{}')
    expect(() => sh(folder, 'sha256sum --check --quiet SHA256SUMS >&2')).toThrow('sbom.cdx.json: FAILED')
  })

  test('lists the checksum of every file that runs', async () => {
    const folder = await assetsOf(newRepository())
    const listed = readFileSync(join(folder, 'dist.sha256'), 'utf8').match(/(?<= {2}).+/g) ?? []
    const dist = readdirSync(inRepository('dist'), { recursive: true, withFileTypes: true })
    const files = dist.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
    expect(listed).toEqual(['action.yml', ...files.map((file) => file.slice(inRepository().length + 1)).sort()])
  })

  test('names in its bill of materials the packages that are bundled, and no other', async () => {
    const folder = await assetsOf(newRepository())
    const { components, metadata } = JSON.parse(readFileSync(join(folder, 'sbom.cdx.json'), 'utf8'))
    const names = components.map(({ name }: { name: string }) => name)
    // ncc's own list, where a package is a name on a line before the name of its licence.
    const licences = ['main', 'command'].map((entry) => readRepository('dist', entry, 'licenses.txt')).join('\n\n')
    const listed = [...licences.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+)\nMIT\n/gm)].map(([, name]) => name)
    expect(names).toEqual([...new Set(listed)].sort())
    expect(names).toContain('tunnel')
    expect(names).not.toContain('undici')
    expect(metadata.component.version).toBe('1.2.3')
    for (const { hashes, licenses } of components) {
      expect([hashes[0].content, licenses]).toEqual([
        expect.stringMatching(/^[0-9a-f]{128}$/),
        [{ license: { id: 'MIT' } }],
      ])
    }
  })

  test('says what is new, how to name it and how to verify it', async () => {
    const repository = newRepository()
    const commit = repository.git('rev-parse', 'HEAD')
    const { stdout } = await repository.release(['notes', TAG], { GITHUB_REPOSITORY: 'octo-org/login' })
    expect(stdout).toContain('- Logs in.\n')
    expect(stdout).not.toContain('Began')
    expect(stdout).toContain(`- uses: octo-org/login@${commit} # v1.2.3\n`)
    expect(stdout).toContain('https://github.com/octo-org/login/blob/v1.2.3/docs/operate.md#verify-a-release')
  })

  test.each([
    ['v1.2.3', [], 'moving=v1\nprerelease=false'],
    ['v1.2.3', ['v1.3.0-rc.1', 'v1.2.2', 'v0.9.0', 'v10.0.0', 'v1'], 'moving=v1\nprerelease=false'],
    ['v1.2.3', ['v1.3.0'], 'moving=\nprerelease=false'],
    ['v1.10.0', ['v1.9.9'], 'moving=v1\nprerelease=false'],
    ['v1.2.3-rc.1', [], 'moving=\nprerelease=true'],
    ['v0.9.0', [], 'moving=\nprerelease=true'],
  ])('as %s beside %j leads to: %s', async (tag, others, facts) => {
    const repository = newRepository()
    for (const other of others) repository.git('tag', other)
    const commit = repository.git('rev-parse', 'HEAD')
    expect((await repository.release(['facts', tag])).stdout).toBe(`commit=${commit}\n${facts}\n`)
  })
})
