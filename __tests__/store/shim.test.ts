import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cmdShim, shellShim, writeShims } from '../../src/store/shim.ts'
import { needsHere } from '../support/needs.ts'
import { temporaryFolder } from './support.ts'

test('it is for its owner alone', (context) => {
  needsHere(context, 'modes')
  const folder = temporaryFolder()
  const bin = writeShims({ name: 'databricks-token-two', node: 'node', script: 'command.js', folder })
  expect(lstatSync(join(bin, 'databricks-token-two')).mode & 0o777).toBe(0o700)
})

test('needs no Node on PATH: its own is written into it', () => {
  const shim = shellShim({
    name: 'x',
    node: '/opt/runner/node24/bin/node',
    script: '/a/index.js',
    folder: '/t',
  })
  expect(shim).toBe(
    `#!/bin/sh\nexec '/opt/runner/node24/bin/node' --max-semi-space-size=4 '/a/index.js' --kept '/t' "$@"\n`,
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
    '@echo off\r\n"C:\\runner 1\\node.exe" --max-semi-space-size=4 "C:\\50%% off\\index.js" --kept "C:\\t" %*\r\n',
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
  const line = `endlocal & "D:\\node 24\\node.exe" --max-semi-space-size=4 ${place}..\\..\\..\\_actions\\50%% off\\index.js" --kept ${place}.." %*`
  expect(shim.split('\r\n').slice(-3)).toEqual(['call :place', line, ''])
  expect(shim).not.toMatch(/[^\0-\x7f]/)
})
