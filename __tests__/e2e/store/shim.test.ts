import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeShims } from '../../../src/store/shim.ts'
import { temporaryFolder } from '../../store/support.ts'

const odd = `with space, 'quote', "double", $HOME, \`tick\` and %PATH%`

test.skipIf(process.platform === 'win32').each(['sh', 'bash'])(
  'under %s paths with spaces, quotes and variables arrive as they are, and so do the arguments',
  (shell) => {
    const folder = join(temporaryFolder(), odd)
    mkdirSync(folder)
    const script = join(folder, 'command.mjs')
    writeFileSync(script, 'console.log(JSON.stringify(process.argv.slice(2)))')
    const bin = writeShims({ name: 'databricks-token', node: process.execPath, script, folder })
    const given = ['exec', '--', 'a b', "c'd", '$HOME', '*', '']
    const call = [join(bin, 'databricks-token'), ...given]
    const output = execFileSync(shell, ['-c', '"$@"', shell, ...call], { encoding: 'utf8' })
    expect(JSON.parse(output)).toEqual(['--kept', folder, ...given])
  },
)
