import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { inRepository, readRepository } from '../../support/repository.ts'
import { type Body, isBody, type Shape } from './shape.ts'

// Its own types would bring those of a browser into the whole program.
const { parse }: { parse(name: string, text: string): Promise<Record<string, unknown>> } = createRequire(
  import.meta.url,
)('@cdktn/hcl2json')

/** What the providers document, and on which side of Databricks a resource lives. */
export interface Documented {
  readonly meta: Readonly<Record<'resource' | 'provider', readonly string[]>>
  readonly providers: Readonly<Record<string, { readonly arguments: readonly string[] }>>
  readonly resources: Readonly<
    Record<string, Shape & { readonly level?: 'account' | 'workspace'; readonly exported: readonly string[] }>
  >
}

export const documented: Documented = JSON.parse(readRepository('__tests__', 'docs', 'terraform', 'documented.json'))

/** A block of an example, with its labels. */
export interface TerraformBlock {
  readonly kind: string
  /** `databricks_grant.catalog`, `var.account_id`, `databricks`. */
  readonly name: string
  readonly body: Body
}

const prefixes: Readonly<Record<string, string>> = { variable: 'var.' }

function blocksIn(kind: string, labels: string, found: unknown): TerraformBlock[] {
  if (Array.isArray(found)) return found.filter(isBody).map((body) => ({ kind, name: labels, body }))
  if (!isBody(found)) return []
  return Object.entries(found).flatMap(([label, inside]) =>
    blocksIn(kind, labels === '' || labels.endsWith('.') ? labels + label : `${labels}.${label}`, inside),
  )
}

/**
 * All blocks of a Terraform example, read with HashiCorp's own parser of HCL.
 *
 * @throws Error for what is no HCL
 */
export async function readExample(...folder: string[]): Promise<TerraformBlock[]> {
  const files = readdirSync(inRepository(...folder)).filter((name) => name.endsWith('.tf'))
  const parsed = await Promise.all(files.map((name) => parse(join(...folder, name), readRepository(...folder, name))))
  return parsed.flatMap((file) =>
    Object.entries(file).flatMap(([kind, found]) => blocksIn(kind, prefixes[kind] ?? '', found)),
  )
}

/** The values of a `terraform.tfvars`. */
export const readValues = (text: string): Promise<Readonly<Record<string, unknown>>> => parse('terraform.tfvars', text)

/** What the expressions of a block refer to: `databricks_grant.catalog.id`, `var.schema`, `local.subject`. */
export function referencesIn(body: unknown): string[] {
  const expressions = [...JSON.stringify(body).matchAll(/\$\{([^}]*)\}/g)].map(([, expression = '']) => expression)
  return expressions.flatMap((text) => text.match(/\b(?:var|local|databricks_\w+|github_\w+)\.[\w.]+/g) ?? [])
}
