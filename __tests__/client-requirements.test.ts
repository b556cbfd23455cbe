import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parts } from '../clients/setup/parts.ts'
import { pipInstall } from '../clients/setup/pip.ts'
import { inRepository, readRepository } from './support/repository.ts'

const locks = globSync('clients/requirements/*.in', { cwd: inRepository() }).map((file) =>
  file.replace(/\.in$/, '.txt'),
)

/** The requirements of a lock file, each with its hashes. */
const requirementsIn = (lock: string): string[] =>
  readRepository(lock)
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', '')
    .split('\n')
    .filter((line) => line !== '')

test('each lock file of Python that is installed is made from a list', () => {
  const installed = parts.filter(({ needs }) => /python/i.test(needs)).map(({ lock }) => `clients/${lock}`)
  expect(installed.toSorted()).toEqual(locks.toSorted())
})

test.each(locks)('%s names one version of each package, and the hashes of its files', (lock) => {
  const requirements = requirementsIn(lock)
  expect(requirements.length).toBeGreaterThan(1)
  const exact = /^[a-z0-9-]+(\[[a-z,-]+\])?==[\w.+-]+(\s+--hash=sha256:[0-9a-f]{64})+$/
  expect(requirements.filter((line) => !exact.test(line))).toEqual([])
})

test.each(locks)('%s has what its list asks for', (lock) => {
  const locked = requirementsIn(lock).map((line) => line.split(/\s/)[0]?.replace(/\[.*\]/, ''))
  const asked = readRepository(lock.replace(/\.txt$/, '.in'))
    .trim()
    .split('\n')
  expect(asked.map((line) => line.replace(/\[.*\]/, '')).filter((line) => !locked.includes(line))).toEqual([])
})

// Building a source distribution runs what its package brings, as an install script of npm would.
test('packages of Python are installed by hash, and nothing of theirs runs meanwhile', () => {
  const line = pipInstall('lock.txt').join(' ')
  for (const option of ['--require-hashes', '--only-binary :all:', '--no-deps']) expect(line).toContain(option)
  expect(readRepository('clients', 'setup', 'install.ts').match(/'pip'|'npm', \[.*/g)).toEqual([
    expect.stringContaining('--ignore-scripts'),
  ])
})
