import { expect, test } from 'vitest'
import { parseCall } from '../src/command-line.ts'

const token = { kind: 'token', minValidity: 60, output: 'token' }

test.each([
  [[], token],
  [['--min-validity', '120'], { ...token, minValidity: 120 }],
  [['--min-validity=0', '--output=json'], { ...token, minValidity: 0, output: 'json' }],
  [['--output', 'token'], token],
  [['--help'], { kind: 'help' }],
  [['-h'], { kind: 'help' }],
  [['--version'], { kind: 'version' }],
  [['exec', '--help'], { kind: 'help' }],
  [['masks'], { kind: 'masks' }],
  [['exec', '-h'], { kind: 'help' }],
  [['sql', '--help'], { kind: 'sql-help' }],
  [['sql', '--catalog', '-h', 'SELECT 1'], { kind: 'sql', words: ['--catalog', '-h', 'SELECT 1'] }],
  [['sql', '--', '-h'], { kind: 'sql', words: ['--', '-h'] }],
  [['exec', '--', 'dbt', 'run'], { kind: 'exec', auth: 'metadata-service', program: ['dbt', 'run'] }],
  [['exec', '--auth', 'oauth-m2m', '--', 'java'], { kind: 'exec', auth: 'oauth-m2m', program: ['java'] }],
  [
    ['exec', '--auth', 'pat', '--', 'sh', '-c', '--', 'x'],
    { kind: 'exec', auth: 'pat', program: ['sh', '-c', '--', 'x'] },
  ],
  [
    ['exec', '--auth=metadata-service', '--', '--help'],
    { kind: 'exec', auth: 'metadata-service', program: ['--help'] },
  ],
])('%j is understood', (words, call) => {
  expect(parseCall(words)).toEqual(call)
})

test.each([
  [['--nope']],
  [['token']],
  [['--min-validity']],
  [['--min-validity', '-1']],
  [['--min-validity', '1.5']],
  [['--output', 'yaml']],
  [['--output']],
  [['exec']],
  [['masks', 'all']],
  [['exec', 'dbt', 'run']],
  [['exec', '--']],
  [['exec', '--auth', 'none', '--', 'dbt']],
  [['exec', '--auth', '-h', '--', 'dbt']],
  [['--min-validity', '--help']],
  [['--output', '--version']],
  [['exec', '--auth', 'oauth-m2', '--', 'dbt']],
  [['exec', '--output', 'json', '--', 'dbt']],
])('%j is refused', (words) => {
  expect(parseCall(words).kind).toBe('wrong')
})
