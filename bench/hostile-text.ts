// What 1 MiB of hostile text costs, wherever text of somebody else goes: npm run bench:hostile [-- --random 200]
// Random texts are those of the properties in __tests__/fuzz, each repeated until it fills the size.
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { hostileText } from '../__tests__/fuzz/hostile.ts'
import { hostilePatterns, jwt, MEBIBYTE, selfSimilar } from '../__tests__/support/hostile-patterns.ts'
import { unverifiableJwt } from '../__tests__/support/jwt.ts'
import { sinksFor } from './sinks.ts'

const ROUNDS = 5
// Of the issue that asked for it; a healthy answer has none of this.
const LIMIT_MS = 100

// Time of the processor: that of the clock would tell how busy the machine is.
async function once(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function milliseconds(work: () => unknown): Promise<number> {
  const first = await once(work)
  // What is fast at once need not be measured well.
  if (first < LIMIT_MS / 10) return first
  const times = [first]
  for (let round = 1; round < ROUNDS; round++) times.push(await once(work))
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? first
}

// As a login reads an answer: chunks of a stream, UTF-8, JSON.
async function read(bytes: Buffer): Promise<unknown> {
  const chunks: Buffer[] = []
  const pieces = Array.from({ length: bytes.length / 65_536 }, (_, at) => bytes.subarray(at * 65_536))
  for await (const chunk of Readable.from(pieces)) chunks.push(chunk.subarray(0, 65_536))
  return JSON.parse(Buffer.concat([...chunks, Buffer.from('"')]).toString('utf8'))
}

const expiry = Math.floor(Date.now() / 1000) + 3600
const subjectJwt = unverifiableJwt({ iss: 'https://token.actions.githubusercontent.com', aud: 'x', exp: expiry })
const sinks = sinksFor([jwt, selfSimilar, subjectJwt, 'request-token-8f1d5c3b7a', 'p@ss/w0rd+9c'], subjectJwt)
const { values } = parseArgs({ options: { random: { type: 'string', default: '0' } } })
const fill = (piece: string) => piece.repeat(Math.ceil(MEBIBYTE / piece.length)).slice(0, MEBIBYTE)
const random = fc.sample(hostileText, Number(values.random)).filter((piece) => piece !== '')
const patterns = [...hostilePatterns(), ...random.map((piece): [string, string] => ['random', fill(piece)])]
const reading = await milliseconds(() => read(Buffer.from(`"${'x'.repeat(MEBIBYTE - 1)}`)))

const rows: { sink: string; pattern: string; ms: number }[] = []
for (const [pattern, text] of patterns) {
  for (const [sink, take] of Object.entries(sinks)) rows.push({ sink, pattern, ms: await milliseconds(take(text)) })
}
rows.sort((one, other) => other.ms - one.ms)

const line = (sink: string, pattern: string, ms: number) =>
  `${sink.padEnd(30)} ${pattern.padEnd(40)} ${ms.toFixed(1).padStart(8)} ms ${(ms / reading).toFixed(2).padStart(8)}`
console.log(`${'1 MiB'.padEnd(71)} ${'median'.padStart(11)} ${'÷ reading'.padStart(8)}`)
console.log(line('reading it', 'plain text', reading))
for (const { sink, pattern, ms } of rows.slice(0, Number(process.env['ROWS'] ?? 10)))
  console.log(line(sink, pattern, ms))
const slow = rows.filter(({ ms }) => ms >= LIMIT_MS)
console.log(
  `${patterns.length} patterns, ${Object.keys(sinks).length} sinks: ${slow.length} of ${rows.length} over ${LIMIT_MS} ms`,
)
process.exitCode = slow.length === 0 ? 0 : 1
