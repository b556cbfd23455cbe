import { textOf, trackedUnder } from './checkout.ts'

/** A package that is in the bundles of `dist/`. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  readonly license: string
  /** Of the archive that npm installs, hexadecimal. */
  readonly sha512: string
  /** The bundles that hold some of it. */
  readonly files: readonly string[]
}

interface Locked {
  readonly version: string
  readonly license: string
  readonly integrity: string
}

// ncc writes before each ES module where it comes from, and lists every package of an entry with its licence.
const MODULE = /node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//g
const LICENCE = /^((?:@[\w.-]+\/)?[\w.-]+)\n[\w.() -]+\n/gm

/**
 * What the bundles hold, by their own word, with version and checksum of the lock file. `npm sbom` cannot tell: it lists
 * what is installed, undici among it, which is kept out of the bundles.
 *
 * @throws Error if the lock file does not have a package, or not a SHA-512 of it
 */
export function bundledPackages(): BundledPackage[] {
  const files = new Map<string, string[]>()
  const add = (name: string, file: string) => files.set(name, [...(files.get(name) ?? []), file])
  for (const file of trackedUnder('dist').filter((path) => path.endsWith('.js'))) {
    for (const name of new Set([...textOf(file).matchAll(MODULE)].map(([, name = '']) => name))) add(name, file)
  }
  for (const list of trackedUnder('dist').filter((path) => path.endsWith('/licenses.txt'))) {
    const entry = list.replace(/licenses\.txt$/, 'index.js')
    const named = [...textOf(list).matchAll(LICENCE)].map(([, name = '']) => name)
    for (const name of named) if (!files.get(name)?.includes(entry)) add(name, entry)
  }
  const { packages }: { packages: Readonly<Record<string, Locked>> } = JSON.parse(textOf('package-lock.json'))
  return [...files.keys()].sort().map((name) => {
    const { version, license, integrity } = packages[`node_modules/${name}`] ?? {}
    const [, digest] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? []
    if (version === undefined || license === undefined || digest === undefined) {
      throw new Error(`package-lock.json has no version, licence and SHA-512 of ${name}`)
    }
    return {
      name,
      version,
      license,
      sha512: Buffer.from(digest, 'base64').toString('hex'),
      files: files.get(name) ?? [],
    }
  })
}
