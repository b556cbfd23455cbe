import { sectionOf } from './changelog.ts'
import { git, headCommit, textOf } from './checkout.ts'
import { readTag } from './tags.ts'

export interface Fault {
  /** Whether it can only be right on the day of the release, and so is expected in a rehearsal. */
  readonly isForTheDay: boolean
  readonly text: string
}

const never = (text: string): Fault => ({ isForTheDay: false, text })
const forTheDay = (text: string): Fault => ({ isForTheDay: true, text })

function versionFaults(version: string): Fault[] {
  const versionIn = (...path: string[]): string => JSON.parse(textOf(...path)).version
  const said = {
    'package.json': versionIn('package.json'),
    'package-lock.json': versionIn('package-lock.json'),
    'src/runner/version.ts': /VERSION = '(.*)'/.exec(textOf('src', 'runner', 'version.ts'))?.[1] ?? 'nothing',
  }
  const wrong = Object.entries(said).filter(([, one]) => one !== version)
  return wrong.map(([file, one]) => never(`${file} says ${one}, not ${version}.`))
}

/** Dates of the commit that is checked out: in UTC, and where the committer was. */
const datesOfCommit = (): string[] => [
  new Date(git('log', '-1', '--format=%cI')).toISOString().slice(0, 10),
  git('log', '-1', '--format=%cs'),
]

function changelogFaults(version: string): Fault[] {
  const section = sectionOf(version)
  if (section === undefined) return [never(`CHANGELOG.md has no section ${version}.`)]
  const { date, text, isNewest } = section
  const days = datesOfCommit()
  return [
    ...(text === '' ? [never(`CHANGELOG.md says nothing of ${version}.`)] : []),
    ...(isNewest ? [] : [never(`CHANGELOG.md has a section above ${version}.`)]),
    ...(days.includes(date)
      ? []
      : [forTheDay(`CHANGELOG.md dates ${version} "${date}", and its commit is of ${days[0]}.`)]),
  ]
}

/** The commit that a reference or an annotated tag leads to; undefined if there is none. */
function commitOf(name: string): string | undefined {
  try {
    return git('rev-parse', '--verify', '--quiet', `${name}^{commit}`)
  } catch {
    return undefined
  }
}

const BRANCH = /^refs\/(heads|remotes\/origin)\/(main|releases\/v\d+)$/m

function commitFaults(tag: string, event: NodeJS.ProcessEnv): Fault[] {
  const head = headCommit()
  const { GITHUB_SHA: started = head } = event
  const tagged = commitOf(`refs/tags/${tag}`)
  const branches = git('branch', '--all', '--contains', head, '--format=%(refname)')
  return [
    ...(tagged === undefined ? [forTheDay(`There is no tag ${tag}.`)] : []),
    ...(tagged === undefined || tagged === head ? [] : [never(`${tag} is ${tagged}, and ${head} is checked out.`)]),
    ...(commitOf(started) === head
      ? []
      : [never(`The tag was moved: the run began for ${started}, and ${head} is checked out.`)]),
    ...(BRANCH.test(branches) ? [] : [forTheDay(`${head} is neither on main nor on releases/v….`)]),
    ...(git('status', '--porcelain') === '' ? [] : [never('The work tree has changes.')]),
  ]
}

function placeFaults({ GITHUB_REPOSITORY: place }: NodeJS.ProcessEnv): Fault[] {
  const { repository }: { repository: string } = JSON.parse(textOf('package.json'))
  const named = repository.replace('github:', '')
  if (place === undefined || place === named) return []
  return [forTheDay(`The pages name ${named}, and this is ${place}: node scripts/publish-as.mjs fills that in.`)]
}

/** Why this checkout is not the release that a tag names; empty if it is. */
export function findFaults(tag: string, event: NodeJS.ProcessEnv): Fault[] {
  const read = readTag(tag)
  if (read === undefined) return [never(`${tag} is no vMAJOR.MINOR.PATCH.`)]
  const { version } = read
  return [...versionFaults(version), ...changelogFaults(version), ...commitFaults(tag, event), ...placeFaults(event)]
}
