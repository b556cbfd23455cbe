import { type BundledPackage, bundledPackages } from './bundled.ts'
import { git, headCommit } from './checkout.ts'

const urlOf = ({ name, version }: BundledPackage): string => `pkg:npm/${name.replace('@', '%40')}@${version}`

const componentOf = (bundled: BundledPackage) => ({
  type: 'library',
  'bom-ref': urlOf(bundled),
  name: bundled.name,
  version: bundled.version,
  purl: urlOf(bundled),
  scope: 'required',
  hashes: [{ alg: 'SHA-512', content: bundled.sha512 }],
  licenses: [{ license: { id: bundled.license } }],
  evidence: { occurrences: bundled.files.map((location) => ({ location })) },
})

/** A UUID of a commit, so that the same source gives the same document. */
function serialOf(commit: string): string {
  const parts = [commit.slice(0, 8), commit.slice(8, 12), `4${commit.slice(13, 16)}`, `8${commit.slice(17, 20)}`]
  return `urn:uuid:${[...parts, commit.slice(20, 32)].join('-')}`
}

/** What the bundles hold, as CycloneDX 1.6 (ECMA-424) writes it; the same bytes for the same commit. */
export function billOfMaterials(version: string): string {
  const itself = { type: 'application', 'bom-ref': 'databricks-token-action', name: 'databricks-token-action', version }
  const components = bundledPackages().map(componentOf)
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: serialOf(headCommit()),
    version: 1,
    metadata: {
      timestamp: new Date(git('log', '-1', '--format=%cI')).toISOString(),
      lifecycles: [{ phase: 'build' }],
      component: { ...itself, licenses: [{ license: { id: 'MIT' } }] },
    },
    components,
    dependencies: [
      { ref: itself['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'] })),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
