import { connectionFaults } from './connections.ts'
import { documentFaults, typeFaults } from './documents.ts'
import type { Fault } from './fault.ts'
import { type Leg, legs, type Repetition, repetitions } from './leg.ts'
import { statusFaults } from './statuses.ts'
import { wayFaults } from './ways.ts'

/** One fault, put in front of one leg of one login. */
export interface Case {
  readonly fault: Fault
  readonly leg: Leg
  readonly repetition: Repetition
}

/** Every fault, by the chapter in which docs/reliability.md has it. */
export const chapters: Readonly<Record<string, readonly Fault[]>> = {
  'The connection': connectionFaults,
  'The way to the host': wayFaults,
  'The status': statusFaults,
  'The document': documentFaults,
  'A member of the wrong type': typeFaults,
}

/** Every case there is: fault × leg × repetition. */
export const cases: readonly Case[] = Object.values(chapters)
  .flat()
  .flatMap((fault) =>
    (fault.legs ?? legs).flatMap((leg) => repetitions.map((repetition) => ({ fault, leg, repetition }))),
  )

export const nameOf = ({ fault, leg, repetition }: Case): string => `${fault.name}, ${leg}, ${repetition}`
