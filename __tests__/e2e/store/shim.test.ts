import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { executableShim, writeShims } from '../../../src/store/shim.ts'
import { temporaryFolder } from '../../store/support.ts'

const onPosix = test.skipIf(process.platform === 'win32')

const odd = `with space, 'quote', "double", $HOME, \`tick\`, Köln and %PATH%`
const given = ['exec', '--', 'a b', "c'd", '$HOME', '*', '']
const tellArguments = 'console.log(JSON.stringify(process.argv.slice(2)))'
const tellEnvironment = 'console.log(JSON.stringify(process.env))'

/** A bundle in a folder whose name no shell would take unquoted. */
function bundle(code: string) {
  const folder = join(temporaryFolder(), odd)
  mkdirSync(folder)
  const script = join(folder, 'command.mjs')
  writeFileSync(script, code)
  return { folder, script }
}

/** A Node at a path of the test's choice below a folder of its own. */
function nodeAt(...names: string[]): string {
  const node = join(temporaryFolder('node-'), ...names, 'node')
  mkdirSync(dirname(node), { recursive: true })
  symlinkSync(process.execPath, node)
  return node
}

/** Each way in which the command is started, by the path of Node, and the first line that it gives. */
const ways = [
  { way: 'Node itself', node: () => process.execPath, firstLine: /^#!\/\S+\/node --max-semi-space-size=4\n/ },
  { way: 'env -S', node: () => nodeAt('a b'), firstLine: /^#!\/usr\/bin\/env -S "\/[^"]+\/a b\/node" / },
  { way: 'bash', node: () => nodeAt('a b', 'long'.repeat(30)), firstLine: /^#!\/bin\/bash -p\n/ },
]

onPosix.each(ways)('started by $way: paths and arguments arrive as they are', ({ node, firstLine }) => {
  const { folder, script } = bundle(tellArguments)
  const path = node()
  const bin = writeShims({ name: 'databricks-token', node: path, script, folder })
  if (process.platform === 'linux')
    expect(executableShim({ name: '', node: path, script, folder }, () => true)).toMatch(firstLine)
  const output = execFileSync(join(bin, 'databricks-token'), given, { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual(['--kept', folder, ...given])
})

onPosix.each(['sh', 'bash'])('under %s, too', (shell) => {
  const { folder, script } = bundle(tellArguments)
  const bin = writeShims({ name: 'databricks-token', node: process.execPath, script, folder })
  const call = [join(bin, 'databricks-token'), ...given]
  const output = execFileSync(shell, ['-c', '"$@"', shell, ...call], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual(['--kept', folder, ...given])
})

onPosix.each(['module', 'commonjs'])('a package.json of type %s above it changes nothing', (type) => {
  const { folder, script } = bundle(tellArguments)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }))
  const bin = writeShims({ name: 'databricks-token', node: process.execPath, script, folder })
  const output = execFileSync(join(bin, 'databricks-token'), given, { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual(['--kept', folder, ...given])
})

// Those of bash would run before the command does, and may print to where the token alone belongs.
const trap = 'echo trapped'
// What bash sets for itself is there already, as it is in every step.
const environment = {
  PATH: '/usr/bin:/bin',
  PWD: '/',
  SHLVL: '3',
  _: '/usr/bin/env',
  OLDPWD: '/tmp',
  'TF_VAR_node-count': '7',
  'spring.datasource.url': 'jdbc:x',
  'npm_config_@scope:registry': 'https://x',
  'BASH_FUNC_exec%%': `() {  ${trap}; }`,
  'BASH_FUNC_greet%%': '() {  echo hello; }',
  '1st': 'digit',
  'a b': 'space',
  Köln: 'letters',
  '-n': 'dash',
  'x[0]': 'brackets',
  '': 'no name',
  EMPTY: '',
  LINES_OF_TEXT: 'one\ntwo\n',
  LC_ALL: 'C',
}
// Each shell sets these for itself when it starts; a step of bash does not have the step's own, either.
const ofShells = { IFS: ',', PS1: '> ', OPTIND: '4' }

onPosix.each(ways)('started by $way: every variable arrives, whatever its name', ({ node, way }) => {
  const { folder, script } = bundle(tellEnvironment)
  const file = join(folder, 'trap')
  writeFileSync(file, trap)
  const env = { ...environment, ...(way === 'bash' ? {} : ofShells), BASH_ENV: file, ENV: file }
  const path = node()
  const bin = writeShims({ name: 'databricks-token', node: path, script, folder })
  const options = { env, cwd: '/', encoding: 'utf8' } as const
  const there = JSON.parse(execFileSync(process.execPath, [script], options))
  const arrived = JSON.parse(execFileSync(join(bin, 'databricks-token'), options))
  expect(arrived).toEqual(there)
  expect(Object.keys(arrived)).toEqual(expect.arrayContaining(['TF_VAR_node-count', 'BASH_FUNC_greet%%']))
})
