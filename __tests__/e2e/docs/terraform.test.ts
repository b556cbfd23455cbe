import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { blocksOf } from '../../docs/markdown.ts'
import { documented, readExample, readValues, referencesIn, type TerraformBlock } from '../../docs/terraform/example.ts'
import { faultsOf, isBody } from '../../docs/terraform/shape.ts'
import { inRepository } from '../../support/repository.ts'

const folder = ['setup', 'terraform']
const blocks = await readExample(...folder)
const resources = blocks.filter(({ kind }) => kind === 'resource')
const typeOf = ({ name }: TerraformBlock): string => name.split('.')[0] ?? ''
const named = (type: string) => resources.filter((block) => typeOf(block) === type)
const dependsOn = ({ body }: TerraformBlock) => referencesIn(body['depends_on'] ?? [])

test('the example makes everything that a login and a query need', () => {
  expect([...new Set(resources.map(typeOf))].sort()).toEqual(Object.keys(documented.resources).sort())
})

describe.each(resources)('$name', (block) => {
  const { level, exported: _, ...shape } = documented.resources[typeOf(block)] ?? { exported: [] }

  test('is what its provider documents', () => {
    expect(faultsOf(block.body, shape, documented.meta.resource)).toEqual([])
  })

  test('is made on the side of Databricks that has it', () => {
    expect(block.body['provider']).toBe(level && `\${databricks.${level}}`)
  })

  test('takes only what is there', () => {
    const declared = new Set(blocks.map(({ name }) => name))
    const locals = blocks.filter(({ kind }) => kind === 'locals').flatMap(({ body }) => Object.keys(body))
    for (const reference of referencesIn(block.body)) {
      const [type = '', name = '', attribute] = reference.split('.')
      if (type === 'local') expect(locals).toContain(name)
      else expect(declared, reference).toContain(`${type}.${name}`)
      if (attribute !== undefined) expect(documented.resources[type]?.exported, reference).toContain(attribute)
    }
  })
})

test.each(blocks.filter(({ kind }) => kind === 'provider'))(
  'the provider $name is configured as documented',
  (block) => {
    const { arguments: optional = [] } = documented.providers[block.name] ?? {}
    expect(faultsOf(block.body, { optional }, documented.meta.provider)).toEqual([])
  },
)

test('every variable is described and used', () => {
  const used = new Set(blocks.flatMap(({ body }) => referencesIn(body)))
  for (const { name, body } of blocks.filter(({ kind }) => kind === 'variable')) {
    expect(body['description'], name).toMatch(/^\S.+\.$/)
    expect(used, name).toContain(name)
  }
})

test('the values that the page shows are those without a default', async () => {
  const [{ text } = { text: '' }] = blocksOf('docs/setup.md').filter(({ language }) => language === 'hcl')
  const open = blocks.filter(({ kind, body }) => kind === 'variable' && !('default' in body))
  expect(Object.keys(await readValues(text)).sort()).toEqual(open.map(({ name }) => name.replace('var.', '')).sort())
})

test('nobody else loses anything: permissions are on a warehouse of its own, grants are of one principal', () => {
  const warehouses = named('databricks_sql_endpoint').map(({ name }) => `\${${name}.id}`)
  for (const { body } of named('databricks_permissions')) expect(warehouses).toContain(body['sql_endpoint_id'])
  expect(named('databricks_grants')).toEqual([])
})

test('what is given to the principal waits for its membership in the workspace', () => {
  for (const block of [...named('databricks_permissions'), ...named('databricks_grant')]) {
    expect(dependsOn(block), block.name).toEqual(['databricks_mws_permission_assignment.job'])
  }
})

test('the environment is closed to all branches but those that are named', () => {
  const [environment] = named('github_repository_environment')
  const closed = { protected_branches: false, custom_branch_policies: true }
  expect(environment?.body['deployment_branch_policy']).toEqual([closed])
})

test('the policy waits for the environment to be closed, since it admits whatever may use it', () => {
  for (const block of named('databricks_service_principal_federation_policy')) {
    expect(dependsOn(block)).toEqual(['github_repository_environment_deployment_policy.job'])
  }
})

test('a policy as a block, an argument that is made up and one that is missing are found', () => {
  const [policy] = named('databricks_service_principal_federation_policy')
  const shape = documented.resources['databricks_service_principal_federation_policy'] ?? {}
  const { oidc_policy: oidc, ...others } = policy?.body ?? {}
  const faults = (body: Record<string, unknown>) => faultsOf(body, shape, documented.meta.resource)
  expect(faults({ ...others, oidc_policy: [oidc] })).toEqual(['oidc_policy is an argument: oidc_policy = { … }'])
  expect(faults(others)).toEqual(['oidc_policy is missing'])
  const { issuer: _, ...withoutIssuer } = isBody(oidc) ? oidc : {}
  expect(faults({ ...others, oidc_policy: withoutIssuer, subject: 'x' })).toEqual([
    'subject is not documented',
    'issuer is missing',
  ])
})

const hasTerraform = spawnSync('terraform', ['version']).status === 0

test.runIf(hasTerraform)('Terraform would write it in the same way', () => {
  const { status, stdout } = spawnSync('terraform', ['fmt', '-check', '-diff', inRepository(...folder)], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})
