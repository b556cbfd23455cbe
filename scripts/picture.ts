// Draws docs/images/run.png: runs the README's set-up and its workflow in the sandbox, and photographs the log in a
// headless Chromium. npm run picture
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSetUp, runWorkflow, startAsSetUp, stepsOfReadme, variablesIn } from '../__tests__/docs/readme.ts'
import { cleanUp } from '../__tests__/sandbox/support.ts'

const root = join(import.meta.dirname, '..')
const picture = { file: join(root, 'docs', 'images', 'run.png'), width: 960 }

/** A step as GitHub shows it: its name, what it was given, what it printed. */
interface ShownStep {
  readonly name: string
  readonly heading: readonly string[]
  readonly lines: readonly string[]
}

// What leads to the sandbox is no part of a reader's run.
const ofTheSandbox = /^ {2}(HTTPS_PROXY|NODE_EXTRA_CA_CERTS): /

function shown(name: string, log: string): ShownStep {
  const lines = log.trimEnd().split('\n')
  const end = lines.findIndex((line) => !/^(Run |with:$|env:$|shell: | {2}\w+: )/.test(line))
  const heading = lines.slice(0, end).filter((line) => !ofTheSandbox.test(line))
  return { name, heading, lines: lines.slice(end) }
}

async function run(): Promise<ShownStep[]> {
  const called = await runSetUp()
  const world = await startAsSetUp(called)
  const { all } = stepsOfReadme()
  const { results, job } = await runWorkflow(world, variablesIn(called))
  if (results.some(({ conclusion }) => conclusion === 'failure')) throw new Error(job.log())
  // What the README adds stands for a program that is not here. The inputs of an action are folded.
  return all.flatMap(({ name, uses }, at) => {
    if (name === undefined) return []
    const { heading, lines } = shown(name, results[at]?.log ?? '')
    return [{ name, lines, heading: uses === undefined ? heading : [`Run ${uses}`] }]
  })
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`)

function lineOf(text: string, kind = ''): string {
  const hidden = escaped(text).replaceAll('***', '<b>***</b>')
  return `<li class="${kind}">${hidden === '' ? '&nbsp;' : hidden}</li>`
}

function kindOf(at: number, length: number): string {
  if (at > 0) return 'given'
  return length > 1 ? 'open' : 'folded'
}

const stepOf = ({ name, heading, lines }: ShownStep): string => `
<section><h2><i>✓</i> ${escaped(name)}</h2><ol>
${heading.map((line, at) => lineOf(line, kindOf(at, heading.length))).join('\n')}
${lines.map((line) => lineOf(line)).join('\n')}
</ol></section>`

const pageOf = (steps: readonly ShownStep[]): string => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 18px 22px; background: #0d1117; color: #e6edf3; font: 14px/1.5 sans-serif }
h2 { margin: 10px 0 4px; font-size: 15px; font-weight: 600 }
i { color: #3fb950; font-style: normal }
b { color: #d29922 }
ol { margin: 0; padding-left: 44px; color: #7d8590; font: 12.5px/1.6 monospace }
li { white-space: pre-wrap; padding-left: 8px }
li::marker { color: #484f58 }
ol li { color: #e6edf3 }
.open::before { content: '▾ ' }
.folded::before { content: '▸ ' }
ol .given { color: #9198a1 }
</style>${steps.map(stepOf).join('')}`

// Chromium photographs its window, whatever the page's height.
const heightOf = (steps: readonly ShownStep[]): number =>
  steps.flatMap(({ heading, lines }) => [...heading, ...lines]).reduce((sum, line) => sum + rowsOf(line) * 20, 0) +
  steps.length * 37 +
  36

const rowsOf = (line: string): number => Math.max(1, Math.ceil(line.length / 112))

function photograph(html: string, height: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'))
  try {
    const page = join(folder, 'page.html')
    writeFileSync(page, html)
    const { width, file } = picture
    const size = [`--window-size=${width},${height}`, '--force-device-scale-factor=2']
    const quiet = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars']
    const browser = process.env['CHROMIUM'] ?? 'chromium'
    const { status, stderr } = spawnSync(browser, [...quiet, ...size, `--screenshot=${file}`, `file://${page}`])
    if (status !== 0) throw new Error(`${browser}: ${stderr}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

try {
  const steps = await run()
  photograph(pageOf(steps), heightOf(steps))
} finally {
  await cleanUp()
}
