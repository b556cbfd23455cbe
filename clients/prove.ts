import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'vitest'
import { caseCalled } from './cases.ts'
import { type MachinePart, machineProblems } from './machine.ts'
import { type PartName, problemOf, results } from './setup/parts.ts'

function record(id: string, result: string): void {
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, id), result)
}

/** How long a case may take: enough for one that outlives two tokens, on a machine that is busy. */
const LIMIT = { timeout: 400_000 }

/** What a case takes beside the client that its row is about. */
export interface Needs {
  /** Programs of the machine. */
  readonly programs?: readonly string[]
  readonly parts?: readonly PartName[]
  readonly machine?: readonly MachinePart[]
}

// Once each: Java takes its time, and the worlds of other cases stand still meanwhile.
const known = new Map<string, boolean>()

function isHere(program: string): boolean {
  const answer = known.get(program) ?? spawnSync(program, ['--version']).status === 0
  known.set(program, answer)
  return answer
}

function problemWith(id: string, { programs = [], parts = [], machine = [] }: Needs): string | undefined {
  const missing = programs.find((program) => !isHere(program))
  if (missing !== undefined) return `there is no ${missing} here`
  const { pinned } = caseCalled(id)
  const installed = [...(pinned ? [pinned.part] : []), ...parts].map(problemOf)
  const found = machine.map((name) => machineProblems[name]())
  return [...installed, ...found].find((problem) => problem !== undefined)
}

/**
 * A test that fills the row of a case, beside the others of its file. A client that is not installed, or a program of
 * the machine that is missing, leaves its row unproven, with the reason. What a body returns as a text is the rest of its
 * row in place of `passed`.
 */
export function prove(id: string, body: (context: TestContext) => Promise<unknown>, needs: Needs = {}): void {
  const { client, way } = caseCalled(id)
  test.concurrent(`${client}: ${way}`, LIMIT, async (context) => {
    record(id, 'failed')
    const problem = problemWith(id, needs)
    if (problem !== undefined) {
      record(id, `unproven: ${problem}`)
      context.skip(problem)
    }
    const cells = await body(context)
    record(id, typeof cells === 'string' ? cells : 'passed')
  })
}
