import { git, headCommit, textOf } from './checkout.ts'

/** Of a version, in the order in which they count. */
type Numbers = readonly [major: number, minor: number, patch: number]

export interface VersionTag {
  readonly version: string
  readonly numbers: Numbers
  /** 0.x, and what has a suffix: `v1.0.0-rc.1`. */
  readonly isPreRelease: boolean
}

/** Reads `v1.2.3` or `v1.2.3-rc.1`; undefined for anything else. */
export function readTag(tag: string): VersionTag | undefined {
  const match = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.]+)?$/.exec(tag)
  if (match === null) return undefined
  const [, major, minor, patch, suffix] = match
  const numbers: Numbers = [Number(major), Number(minor), Number(patch)]
  return { version: tag.slice(1), numbers, isPreRelease: numbers[0] === 0 || suffix !== undefined }
}

const compare = (a: Numbers, b: Numbers): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]

/**
 * The tag that moves with this release, `v1`. Empty for a pre-release, and for an older line: 1.0.9 after 1.1.0. It looks
 * at the tags of the checkout, so that one without tags moves too much.
 */
function movingTagOf(tag: string): string {
  const read = readTag(tag)
  if (read === undefined || read.isPreRelease) return ''
  const others = git('tag', '--list', `v${read.numbers[0]}.*`).split('\n')
  const isNewer = (other: string) => {
    const known = readTag(other)
    return known !== undefined && !known.isPreRelease && compare(known.numbers, read.numbers) > 0
  }
  return others.some(isNewer) ? '' : `v${read.numbers[0]}`
}

/** `v` and the version of package.json. */
export function tagOfPackage(): string {
  const { version }: { version: string } = JSON.parse(textOf('package.json'))
  return `v${version}`
}

/**
 * The commit, the tag that moves with the release (or nothing), and whether it is a pre-release.
 *
 * @throws Error if the tag names no version
 */
export function factsOf(tag: string): string {
  const read = readTag(tag)
  if (read === undefined) throw new Error(`${tag} is no vMAJOR.MINOR.PATCH`)
  return [`commit=${headCommit()}`, `moving=${movingTagOf(tag)}`, `prerelease=${read.isPreRelease}`].join('\n')
}
