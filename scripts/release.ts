// What a release is made of, so that the workflow has no logic of its own and a maintainer can rehearse it. It needs git
// and Node, and installs nothing.
//
//   node scripts/release.ts check [--rehearsal] v1.0.0   tag, version, changelog and commit agree
//   node scripts/release.ts notes v1.0.0                 what the release says: its section of CHANGELOG.md
//   node scripts/release.ts assets v1.0.0 FOLDER         what is published beside the source
//   node scripts/release.ts facts v1.0.0                 what the workflow has to know, in the form of GITHUB_OUTPUT
//   node scripts/release.ts tag                          v and the version of package.json, for a rehearsal on a branch
import { parseArgs } from 'node:util'
import { writeAssets } from './release/assets.ts'
import { notesOf } from './release/changelog.ts'
import { findFaults } from './release/check.ts'
import { factsOf, tagOfPackage } from './release/tags.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rehearsal: { type: 'boolean', default: false } },
})
const [what, tag = '', folder = ''] = positionals

/** Prints what is wrong. In a rehearsal, what can only be right on the day of the release is no fault. */
function check(): void {
  for (const { isForTheDay, text } of findFaults(tag, process.env)) {
    const isFault = !(isForTheDay && values.rehearsal)
    console.log(`::${isFault ? 'error title=Not a release' : 'notice title=Before the release'}::${text}`)
    if (isFault) process.exitCode = 1
  }
}

if (what === 'check') check()
else if (what === 'notes') console.log(notesOf(tag, process.env))
else if (what === 'assets') writeAssets(tag, folder)
else if (what === 'facts') console.log(factsOf(tag))
else if (what === 'tag') console.log(tagOfPackage())
else throw new Error('Takes check, notes, assets, facts or tag.')
