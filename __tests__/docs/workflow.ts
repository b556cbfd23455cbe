import { parse } from 'yaml'
import { readRepository } from '../support/repository.ts'

/** One step of a workflow, as written. */
export interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, string | boolean | number>>
  readonly env?: Readonly<Record<string, string>>
  readonly run?: string
  readonly shell?: string
}

export interface WorkflowJob {
  readonly environment?: string
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  /** A reusable workflow in place of steps. */
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly jobs: Readonly<Record<string, WorkflowJob>>
}

const { repository }: { repository: string } = JSON.parse(readRepository('package.json'))

/** This action, where it is published: `OWNER/NAME`. `scripts/publish-as.mjs` fills it in, here and in all pages. */
export const OURS = repository.replace('github:', '')

/** How workflows name this action, with the commit of a release: `OWNER/NAME@COMMIT`, as README.md has it. */
export const OURS_PINNED = new RegExp(`${OURS}@[0-9a-f]{40}`).exec(readRepository('README.md'))?.[0] ?? 'no pin'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

// What `defaults: run:` holds is no script.
const isStep = (value: object): value is Step =>
  'uses' in value || 'with' in value || ('run' in value && typeof value.run === 'string')

export const isWorkflow = (document: unknown): document is Workflow =>
  isObject(document) && 'jobs' in document && 'on' in document

/** The one job of a workflow. */
export function onlyJob(text: string): WorkflowJob {
  const document: unknown = parse(text)
  if (!isWorkflow(document)) throw new Error('not a workflow')
  const [job, ...others] = Object.values(document.jobs)
  if (job === undefined || others.length > 0) throw new Error('a recipe has one job')
  return job
}

/** All steps in a YAML document, which may be a part of a workflow only. */
export function stepsIn(document: unknown): Step[] {
  if (!isObject(document)) return []
  if (!Array.isArray(document) && isStep(document)) return [document]
  return Object.values(document).flatMap(stepsIn)
}

/** Whether a step is this action; `with:` alone is what a page shows of it. */
export const isOurs = ({ uses, run }: Step): boolean =>
  uses === undefined ? run === undefined : uses.split('@')[0] === OURS
