// What no sandbox can show of itself: that a real workspace answers as it does. The workflow canary.yml runs it, and it
// needs nothing but Node:
//
//   node scripts/canary.ts shapes                        answers of a login and of its use, beside those of the sandbox
//   node scripts/canary.ts refusal                       the same for a subject that no policy names
//   databricks-token exec -- node scripts/canary.ts past a program works past the end of its first token
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { logInByHand, refuseByHand } from './canary/answers.ts'
import { workPast } from './canary/past.ts'
import { type Answers, differencesOf } from './canary/shapes.ts'

const recorded: Answers = JSON.parse(readFileSync(join(import.meta.dirname, 'canary', 'answers.json'), 'utf8'))

/** Prints what came back, names and types alone, and fails for what the sandbox answers differently. */
function compare(answers: Answers): void {
  const differences = Object.entries(answers).flatMap(([name, answer]) => {
    console.log(`${name}: ${JSON.stringify(answer)}`)
    return differencesOf(recorded[name], answer, name)
  })
  for (const one of differences) console.log(`::error title=Not as the sandbox answers::${one}`)
  if (differences.length > 0) process.exitCode = 1
}

const [what] = process.argv.slice(2)
if (what === 'shapes') compare(await logInByHand(process.env))
else if (what === 'refusal') compare(await refuseByHand(process.env))
else if (what === 'past') await workPast(process.env)
else throw new Error('Takes shapes, refusal or past.')
