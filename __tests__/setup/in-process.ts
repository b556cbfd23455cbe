import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'

// What starts a process is slow, and no tool sees into it: it has a folder of its own.
function refuse(): never {
  throw new Error('A test that starts a process belongs into __tests__/e2e/.')
}

Object.assign(childProcess, {
  spawn: refuse,
  spawnSync: refuse,
  fork: refuse,
  exec: refuse,
  execSync: refuse,
  execFile: refuse,
  execFileSync: refuse,
})
syncBuiltinESMExports()
