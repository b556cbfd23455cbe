import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cmdShim, shellShim, writeShims } from '../../src/fresh/shim.ts'
import { temporaryFolder } from './support.ts'

test('it is for its owner alone', () => {
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
  expect(shim).toBe(`#!/bin/sh\nexec '/opt/runner/node24/bin/node' '/a/index.js' --kept '/t' "$@"\n`)
})

test('for cmd and PowerShell a percent sign is no variable', () => {
  const shim = cmdShim({
    name: 'x',
    node: 'C:\\runner 1\\node.exe',
    script: 'C:\\50% off\\index.js',
    folder: 'C:\\t',
  })
  expect(shim).toBe('@echo off\r\n"C:\\runner 1\\node.exe" "C:\\50%% off\\index.js" --kept "C:\\t" %*\r\n')
})
