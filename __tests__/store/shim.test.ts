import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cmdShim, executableShim, shellShim, writeShims } from '../../src/store/shim.ts'
import { needsHere } from '../support/needs.ts'
import { temporaryFolder } from './support.ts'

test('it is for its owner alone', (context) => {
  needsHere(context, 'modes')
  const folder = temporaryFolder()
  const bin = writeShims({ name: 'databricks-token-two', node: 'node', script: 'command.js', folder })
  expect(lstatSync(join(bin, 'databricks-token-two')).mode & 0o777).toBe(0o700)
})

const posix = { name: 'x', node: '/opt/runner/node24/bin/node', script: '/a b/index.js', folder: "/t'\u2028" }
const firstLineOf = (node: string, envSplits = true): string =>
  executableShim({ ...posix, node }, () => envSplits).split('\n')[0] ?? ''

test('needs no Node on PATH and no shell: its own Node starts it, and reads JavaScript', () => {
  expect(executableShim(posix, () => false)).toBe(
    [
      '#!/opt/runner/node24/bin/node --max-semi-space-size=4',
      `process.argv.splice(2, 0, '--kept', "/t'\u2028")`,
      'import("file:///a%20b/index.js")\n',
    ].join('\n'),
  )
})

test.each([
  ['a path that fits to the byte', `/${'n'.repeat(100)}`, `#!/${'n'.repeat(100)} --max-semi-space-size=4`],
  ['one that is a byte longer', `/${'n'.repeat(101)}`, '#!/bin/bash -p'],
  ['letters of two bytes count as two', `/${'ö'.repeat(51)}`, '#!/bin/bash -p'],
  ['a space', '/a b/node', '#!/usr/bin/env -S "/a b/node" --max-semi-space-size=4'],
  ['a space and too long for a line', `/a b/${'n'.repeat(80)}`, '#!/bin/bash -p'],
  ['what env would read in quotation marks', '/a b/$x/node', '#!/bin/bash -p'],
  ['a line break', '/a\nb/node', '#!/bin/bash -p'],
])('the first line for a Node with %s', (_, node, firstLine) => {
  expect(firstLineOf(node)).toBe(firstLine)
})

test('a space where env takes no words apart is for bash, never for sh: dash and busybox lose variables', () => {
  expect(executableShim({ ...posix, node: "/a b/it's/node" }, () => false)).toBe(
    `#!/bin/bash -p\nexec '/a b/it'\\''s/node' --max-semi-space-size=4 '/a b/index.js' --kept '/t'\\''\u2028' "$@"\n`,
  )
})

test('on Windows it is for sh, which Git for Windows brings', () => {
  expect(shellShim({ name: 'x', node: 'C:\\n\\node.exe', script: 'C:\\a\\index.js', folder: 'C:\\t' })).toBe(
    `#!/bin/sh\nexec 'C:\\n\\node.exe' --max-semi-space-size=4 'C:\\a\\index.js' --kept 'C:\\t' "$@"\n`,
  )
})

test('for cmd and PowerShell a percent sign is no variable', () => {
  const shim = cmdShim({
    name: 'x',
    node: 'C:\\runner 1\\node.exe',
    script: 'C:\\50% off\\index.js',
    folder: 'C:\\t',
  })
  expect(shim).toBe(
    '@echo off\r\n"C:\\runner 1\\node.exe" --max-semi-space-size=4 "C:\\50%% off\\index.js" --kept-through-cmd "C:\\t" %*\r\n',
  )
})

test('for cmd a path with letters outside ASCII is named from the file, and one on another drive as it is', () => {
  const shim = cmdShim({
    name: 'x',
    node: 'D:\\node 24\\node.exe',
    script: 'C:\\Köln\\_actions\\50% off\\index.js',
    folder: 'C:\\Köln\\_temp\\databricks-token-a',
  })
  const place = '"%DATABRICKS_TOKEN_PLACE%'
  const line = `endlocal & "D:\\node 24\\node.exe" --max-semi-space-size=4 ${place}..\\..\\..\\_actions\\50%% off\\index.js" --kept-through-cmd ${place}.." %*`
  expect(shim.split('\r\n').slice(-3)).toEqual(['call :place', line, ''])
  expect(shim).not.toMatch(/[^\0-\x7f]/)
})
