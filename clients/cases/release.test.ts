import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import { blocksOf } from '../../__tests__/docs/markdown.ts'
import { OURS } from '../../__tests__/docs/workflow.ts'
import {
  makeReleaseRepository,
  OWN_VERSION,
  type ReleaseRepository,
} from '../../__tests__/support/release-repository.ts'
import { inRepository, readRepository } from '../../__tests__/support/repository.ts'
import { runProcess } from '../../sandbox/run-process.ts'
import { releaseActions, writeCommand, writeGh } from '../act/stand-ins.ts'
import { startAct, withActions } from '../act/start.ts'
import { prove } from '../prove.ts'

const TAG = `v${OWN_VERSION}`
const WORKFLOW = '.github/workflows/release.yml'

/** By `owner/name@ref`, as the workflow pins them. */
const actions = Object.fromEntries(
  [...readRepository(WORKFLOW).matchAll(/uses: ((\S+)@\S+)/g)].map(([, pinned = '', name = '']) => [
    pinned,
    releaseActions[name] ?? {},
  ]),
)

// What a release installs is here already, and its tests are those that run beside this one. The build is real, where
// it is what the rehearsal is about.
const npm = `#!/bin/sh
case "$*" in
  'ci --ignore-scripts') cp -al '${inRepository('node_modules')}' node_modules || cp -a '${inRepository('node_modules')}' . ;;
  'run same-dist') [ -n "$STAND_IN_BUILT" ] || exec node scripts/build.mjs --check ;;
  'test') ;;
  'audit --omit=dev --json') echo '{"auditReportVersion": 2, "vulnerabilities": {}}' ;;
  *) echo "npm: $*"; exit 1 ;;
esac
`

interface Rehearsal {
  readonly event?: 'push' | 'workflow_dispatch'
  readonly ref?: string
  /** What stands for GitHub takes it from here. */
  readonly environment?: Readonly<Record<string, string>>
  /** What is different from a release that is right. */
  readonly change?: (repository: ReleaseRepository) => void
}

async function rehearse(test: TestContext, rehearsal: Rehearsal = {}) {
  const { event = 'push', ref = `refs/tags/${TAG}`, environment = {}, change = () => {} } = rehearsal
  const repository = makeReleaseRepository({ isWhole: true, whenFinished: test.onTestFinished })
  change(repository)
  repository.git('tag', TAG)
  const place = mkdtempSync(join(tmpdir(), 'github-'))
  test.onTestFinished(() => rmSync(place, { recursive: true, force: true }))
  const [remote, bin, events] = ['remote.git', 'bin', 'event.json'].map((name) => join(place, name)) as [
    ...[string, string, string],
  ]
  repository.git('clone', '--quiet', '--bare', repository.folder, remote)
  writeGh(bin)
  writeCommand(bin, 'npm', npm)
  writeFileSync(events, JSON.stringify({ ref, repository: { full_name: OURS } }))
  const ran = await withActions(actions, (folders) =>
    startAct({
      folder: repository.folder,
      workflow: WORKFLOW,
      event,
      repository: OURS,
      actions: folders,
      path: [bin],
      environment: { STAND_IN_STATE: place, STAND_IN_REMOTE: remote, ...environment },
      more: ['-e', events, '--no-skip-checkout', '--secret', 'GITHUB_TOKEN=stand-in'],
    }),
  )
  const state = () => JSON.parse(readFileSync(join(place, 'state.json'), 'utf8'))
  return { ...ran, place, bin, remote, repository, state, commit: repository.git('rev-parse', 'HEAD') }
}

/** Jobs that succeeded, by name. */
const jobsOf = ({ succeeded }: { succeeded: readonly string[] }): string[] =>
  succeeded.map((name) => name.replace('Release/', '').trim())

const released = async (test: TestContext) => {
  const ran = await rehearse(test)
  expect(ran.exitCode, ran.log).toBe(0)
  expect(jobsOf(ran)).toEqual(['Verify', 'Pack', 'Attest', 'Publish'])
  const isPreRelease = /^v0\.|-/.test(TAG)
  expect(ran.state().release).toMatchObject({
    tag: TAG,
    draft: false,
    prerelease: `${isPreRelease}`,
    latest: `${!isPreRelease}`,
    notes: expect.stringContaining(`- uses: ${OURS}@${ran.commit} # ${TAG}\n`),
  })
  expect(ran.printed).toContain(`node scripts/publish-as.mjs ${OURS} ${ran.commit} ${TAG}\n`)
  if (!isPreRelease) expect(ran.printed).toContain(`git push --force origin ${ran.commit}:refs/tags/v`)
}

prove('act-release', released, { programs: ['git', 'jq', 'tar', 'sha256sum'] })

/** What comes of a rehearsal that must publish nothing. */
async function refusedAt(test: TestContext, step: string, rehearsal: Rehearsal) {
  const ran = await rehearse(test, rehearsal)
  expect(ran.exitCode, ran.log).toBe(1)
  expect(ran.steps.filter(({ result }) => result === 'failure').map((one) => one.step)).toEqual([step])
  expect(existsSync(join(ran.place, 'published'))).toBe(false)
  return ran
}

const BUILT = { STAND_IN_BUILT: '1' }

const refused = async (test: TestContext) => {
  const redCi = await refusedAt(test, 'CI passed for this commit', { environment: { STAND_IN_CI: 'failure' } })
  expect(redCi.log).toContain('error title=CI::')
  await refusedAt(test, 'dist/ is what this source gives', {
    change: ({ write, commit }) => {
      write('dist/main/index.js', `${readRepository('dist', 'main', 'index.js')}\n`)
      commit()
    },
  })
  await refusedAt(test, 'Tag, version, changelog and commit agree', {
    change: ({ git }) => git('branch', '--move', 'feature'),
  })
}

const moved = async (test: TestContext) => {
  const ran = await refusedAt(test, 'The tag is still where it was', {
    environment: { ...BUILT, STAND_IN_MOVED: 'f'.repeat(40) },
  })
  expect(ran.log).toContain('Nothing was published.')
}

prove('act-release-moved', moved, { programs: ['git', 'jq', 'tar', 'sha256sum'] })

prove('act-release-refused', refused, { programs: ['git', 'jq'] })

const rehearsed = async (test: TestContext) => {
  const ran = await rehearse(test, {
    event: 'workflow_dispatch',
    ref: 'refs/heads/feature',
    environment: { ...BUILT, STAND_IN_CI: 'failure' },
    change: ({ git }) => git('branch', '--move', 'feature'),
  })
  expect(ran.exitCode, ran.log).toBe(0)
  expect(jobsOf(ran)).toEqual(['Verify', 'Pack'])
  expect(ran.log).toContain('warning title=CI::')
  const packed = readdirSync(join(ran.place, 'artifacts', 'packed', 'assets'))
  expect(packed.sort()).toEqual([
    'SHA256SUMS',
    `databricks-token-action-${OWN_VERSION}.tar.gz`,
    'dist.sha256',
    'sbom.cdx.json',
  ])
  expect(existsSync(join(ran.place, 'published'))).toBe(false)
}

prove('act-release-rehearsed', rehearsed, { programs: ['git', 'jq'] })

const mutable = async (test: TestContext) => {
  const ran = await rehearse(test, { environment: { ...BUILT, STAND_IN_MUTABLE: '1' } })
  expect(ran.exitCode).toBe(1)
  expect(jobsOf(ran)).toEqual(['Verify', 'Pack', 'Attest'])
  expect(ran.log).toContain('error title=The release can still be changed::Turn on')
}

prove('act-release-mutable', mutable, { programs: ['git', 'jq', 'tar', 'sha256sum'] })

/** The commands of a section of docs/operate.md, with the version and the commit of a rehearsed release. */
function commandsOf(section: string, commit: string): string[] {
  const blocks = blocksOf('docs/operate.md').filter((block) => block.language === 'sh' && block.section === section)
  return blocks.map(({ text }) => text.replace(/^version=.*$/m, `version=${TAG}`).replace('COMMIT', commit))
}

function flip(file: string): void {
  const bytes = readFileSync(file)
  const last = bytes.length - 2
  bytes[last] = (bytes[last] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

const stranger = async (test: TestContext) => {
  const { bin, place, remote, commit } = await rehearse(test, { environment: BUILT })
  const folder = join(place, 'stranger')
  mkdirSync(folder)
  // Where the page clones from GitHub, Git goes to the repository of the rehearsal.
  const github = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.${remote}.insteadOf`,
    GIT_CONFIG_VALUE_0: `https://github.com/${OURS}`,
  }
  const environment = {
    PATH: [bin, process.env['PATH']].join(delimiter),
    ...github,
    STAND_IN_STATE: place,
    STAND_IN_REMOTE: remote,
  }
  const bash = async (...lines: readonly string[]) => {
    const ended = await runProcess({ command: ['bash', '-c', lines.join('\n')], environment, folder }, () => {})
    return ended.stdout + ended.stderr
  }
  const [values = '', download = '', source = ''] = commandsOf('Verify a release', commit)
  const [copy = ''] = commandsOf('Copy it into a repository', commit)
  const first = await bash(values, download, source, copy)
  expect(first.match(/: verified$/gm)?.length, first).toBe(4)
  expect(first.match(/: OK$/gm)?.length).toBe(3)
  expect(first).toContain('It runs what was published.\n')
  expect(first).toContain('It is the release.\n')

  // One byte of what was downloaded, of the commit's files and of the copy; then somebody else's commit.
  const checks = download.split('\n').slice(1).join('\n')
  flip(join(folder, 'release', `databricks-token-action-${OWN_VERSION}.tar.gz`))
  const tampered = await bash(values, checks)
  expect(tampered).toContain('no attestation of this digest was found')
  expect(tampered).toContain(`databricks-token-action-${OWN_VERSION}.tar.gz: FAILED`)
  for (const [where, check] of [
    ['source', source.split('\n').slice(2).join('\n')],
    ['.github/actions/databricks-token', copy.split('\n').slice(3).join('\n')],
  ] as const) {
    flip(join(folder, where, 'dist', 'main', 'index.js'))
    const seen = await bash(values, check)
    expect(seen).toContain('dist/main/index.js: FAILED')
    expect(seen).not.toMatch(/published|It is the release/)
  }
  const another = await bash(values.replace(commit, 'f'.repeat(40)), checks)
  expect(another).toContain(`--source-digest: ${commit} was attested`)
}

prove('act-release-stranger', stranger, { programs: ['git', 'jq', 'tar', 'sha256sum'] })
