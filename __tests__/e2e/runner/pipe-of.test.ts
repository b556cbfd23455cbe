import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../store/support.ts'
import { needs } from '../../support/needs.ts'
import { inRepository } from '../../support/repository.ts'
import { saysWindows } from '../../support/says-windows.ts'

/** A program that prints the name of its stderr on stdout. */
function teller(...flags: string[]) {
  const folder = temporaryFolder()
  const file = join(folder, 'tell.mjs')
  const module = pathToFileURL(inRepository('src', 'runner', 'pipe-of.ts')).href
  writeFileSync(file, `import { pipeOf } from ${JSON.stringify(module)}\nconsole.log(pipeOf(2))\n`)
  return { folder, tell: `"${process.execPath}" --no-warnings ${flags.map((flag) => `"${flag}"`).join(' ')} "${file}"` }
}

needs('pipes with numbers')

const inBash = (script: string, folder: string) =>
  execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .split('\n')

test('a pipe has the same name in all processes that hold it, and no other has', () => {
  const { tell, folder } = teller()
  const here = `{ { ${tell}; ${tell}; } 2>&1 1>&3 | cat > /dev/null; } 3>&1`
  const [one, same, other] = inBash(`${here}; ${here}`, folder)
  expect(one).toMatch(/^\d+:\d+$/)
  expect(same).toBe(one)
  expect(other).not.toBe(one)
})

test('a file, a device and nothing at all are no pipes', () => {
  const { tell, folder } = teller()
  const script = `${tell} 2> file; ${tell} 2> /dev/null; ${tell} 2>&-`
  expect(inBash(script, folder)).toEqual(['undefined', 'undefined', 'undefined'])
})

test('what Node gives its children is one', () => {
  const { tell } = teller()
  expect(spawnSync(tell, { shell: true, encoding: 'utf8' }).stdout).toMatch(/^\d+:\d+\n$/)
})

test('where the system says that it is Windows, not even that has a name', () => {
  const { tell } = teller(saysWindows)
  expect(spawnSync(tell, { shell: true, encoding: 'utf8' }).stdout).toBe('undefined\n')
})
