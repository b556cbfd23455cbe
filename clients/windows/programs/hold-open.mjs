// Runs a program while it has a file open for reading. Ends as the program does.
// hold-open.mjs FILE PROGRAM [ARGUMENTS]
import { spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'

const [file, program, ...parameters] = process.argv.slice(2)
openSync(file, 'r')
process.exitCode = spawnSync(program, parameters, { stdio: 'inherit' }).status
