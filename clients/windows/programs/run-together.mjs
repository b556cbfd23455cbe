// Runs on Windows: starts commands at the same time, each in a console without a window, and writes down how they
// ended. A pipe from outside Wine would break, so both ways are files.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const [request, result] = process.argv.slice(2)
const LONGEST_MS = 90_000

const run = ({ program, parameters, environment, folder, verbatim }) =>
  new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      env: environment,
      windowsHide: true,
      windowsVerbatimArguments: verbatim,
    })
    const written = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        written[name] += text
      })
    }
    child.stdin.end()
    // Not by `close` alone, for which whoever inherited the output would have to end, too.
    setTimeout(() => {
      child.kill()
      resolve({ exitCode: -1, ...written, stderr: `${written.stderr}\nended after ${LONGEST_MS} ms` })
    }, LONGEST_MS).unref()
    child.once('error', ({ message }) => resolve({ exitCode: -1, ...written, stderr: message }))
    child.once('close', (exitCode) => resolve({ exitCode, ...written }))
  })

const commands = JSON.parse(readFileSync(request, 'utf8'))
writeFileSync(result, JSON.stringify(await Promise.all(commands.map(run))))
process.exit()
