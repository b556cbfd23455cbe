import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { billOfMaterials } from './bill-of-materials.ts'
import { gitBytes, root, trackedUnder } from './checkout.ts'

/** What runs. GitHub runs nothing else of this repository in a workflow that uses it. */
const RUNS = ['action.yml', 'dist']
/** What an organization that keeps a copy wants beside that, where the repository has it. */
const ARCHIVED = [...RUNS, 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'docs', 'setup']

// Where gzip names the system that it ran on (RFC 1952, 2.3), it names none: the same bytes everywhere.
function packed(bytes: Buffer): Buffer {
  const file = gzipSync(bytes, { level: 9 })
  file[9] = 255
  return file
}

const sumOf = (bytes: Buffer, name: string): string => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`

/**
 * Writes what is published beside the source: an archive, the bill of materials, the checksums of a checkout
 * (`dist.sha256`), and those of all three (`SHA256SUMS`). Both lists are in the form of `sha256sum`.
 */
export function writeAssets(tag: string, folder: string): void {
  const name = `databricks-token-action-${tag.slice(1)}`
  const paths = ARCHIVED.filter((path) => trackedUnder(path).length > 0)
  const tar = gitBytes('-c', 'tar.umask=0022', 'archive', '--format=tar', `--prefix=${name}/`, 'HEAD', ...paths)
  const running = trackedUnder(...RUNS).sort()
  const assets: Readonly<Record<string, Buffer>> = {
    [`${name}.tar.gz`]: packed(tar),
    'dist.sha256': Buffer.from(running.map((file) => sumOf(readFileSync(join(root, file)), file)).join('')),
    'sbom.cdx.json': Buffer.from(billOfMaterials(tag.slice(1))),
  }
  const sums = Object.entries(assets).map(([file, bytes]) => sumOf(bytes, file))
  mkdirSync(folder, { recursive: true })
  for (const [file, bytes] of Object.entries(assets)) writeFileSync(join(folder, file), bytes)
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''))
}
