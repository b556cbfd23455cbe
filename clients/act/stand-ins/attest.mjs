// Stands for actions/attest: keeps the digest of every subject, with the run that it is made in, and writes a bundle.
// It signs nothing; whether a signature holds is for GitHub and Sigstore to say.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const { STAND_IN_STATE: folder, SUBJECT_PATH: paths, SBOM_PATH: sbom, RUNNER_TEMP: temp } = process.env
const { GITHUB_REPOSITORY: repository, GITHUB_SHA: commit, GITHUB_REF: ref, GITHUB_OUTPUT: outputs } = process.env

const file = join(folder, 'state.json')
const state = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { attested: {}, issues: [] }
const subjects = paths
  .split('\n')
  .map((pattern) => pattern.trim())
  .filter((pattern) => pattern !== '')
  .flatMap((pattern) => {
    const found = globSync(pattern).filter((path) => statSync(path).isFile())
    if (found.length === 0) throw new Error(`Could not find subject at path ${pattern}`)
    return found
  })
for (const subject of subjects) {
  const digest = createHash('sha256').update(readFileSync(subject)).digest('hex')
  state.attested[digest] = { subject, repository, commit, ref }
}
writeFileSync(file, JSON.stringify(state, null, 1))
const bundle = join(temp, `bundle-${sbom ? 'sbom' : 'provenance'}.json`)
writeFileSync(bundle, `${JSON.stringify({ subjects, sbom: sbom && JSON.parse(readFileSync(sbom, 'utf8')) })}\n`)
appendFileSync(outputs, `bundle-path=${bundle}\n`)
console.log(`${subjects.length} subjects`)
