// Runs a program, and presses Ctrl-C in the console of both as soon as a file is there. Ends as the program does.
// press-ctrl-c.mjs MODULES FILE PROGRAM [ARGUMENTS]
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const [modules, file, program, ...parameters] = process.argv.slice(2)
const koffi = createRequire(join(modules, 'x.js'))('koffi')
const generate = koffi.load('kernel32.dll').func('bool __stdcall GenerateConsoleCtrlEvent(uint32_t, uint32_t)')
const CTRL_C = 0
const EVERYONE = 0

process.on('SIGINT', () => undefined)
const child = spawn(program, parameters, { stdio: 'inherit' })
child.once('exit', (exitCode) => process.exit(exitCode ?? 1))
while (!existsSync(file)) await pause(20)
if (!generate(CTRL_C, EVERYONE)) throw new Error('Ctrl-C could not be pressed')
