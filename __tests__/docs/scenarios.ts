import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { StepResult } from '../../sandbox/run-step.ts'
import type { WarehouseOptions } from '../../sandbox/statements.ts'
import { writeCommand } from './called.ts'
import { client, commandOf, type Provider } from './provider.ts'
import type { StandIns } from './run-job.ts'
import type { World } from './world.ts'

/** How a recipe is run here. */
export interface Scenario {
  /** Id of the policy that the page shows for it. */
  readonly policy: string
  /** In place of what the job checks out, and of actions that need the world outside. */
  readonly standIns: (world: World, provider: Provider) => StandIns
  readonly vars?: (provider: Provider) => Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
  /** Of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** What the SQL warehouse holds, and what it answers by record. */
  readonly warehouse?: WarehouseOptions
  /** The provider's audience, by what it was asked for; without it the recipe uses GitHub's ID token. */
  readonly audienceFor?: (asked: string) => string
  /** Life of an ID token of the runner. */
  readonly tokenSeconds?: number
  /** Output `identity_provider` of the login. */
  readonly identityProvider: string
  /** Printed by the job. */
  readonly prints: readonly string[]
  /** What is left when the job has ended. */
  readonly check?: (world: World, results: readonly StepResult[]) => void
}

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const github = { policy: 'github-my-repo-prod', identityProvider: 'github' }

// A command of the provider, put on the path by what stands for its login action.
function onPath({ runner }: World, name: string, script: string): string {
  const folder = join(runner.temp, 'commands')
  writeCommand(folder, name, script)
  return `echo '${folder}' >> "$GITHUB_PATH"`
}

const ownProvider = {
  standIns: () => ({}),
  vars: ({ tokenEndpoint }: Provider) => ({
    PROVIDER_TOKEN_ENDPOINT: tokenEndpoint,
    PROVIDER_CLIENT_ID: client.id,
    PROVIDER_SCOPE: 'databricks',
  }),
  secrets: { PROVIDER_CLIENT_SECRET: client.secret },
  prints: [applicationId],
}

const orders = {
  seed: [
    'CREATE TABLE orders (id INT, day DATE, amount INT)',
    "INSERT INTO orders VALUES (1, '2026-11-23', 5), (2, '2026-11-23', 7), (3, '2026-11-24', 1)",
    'CREATE TABLE test_orders AS SELECT 1 AS id, 0 AS amount',
  ],
}

// In place of what the job checks out.
function checkedOut({ runner }: World, name: string, text: string): string {
  mkdirSync(join(runner.workspace, 'queries'))
  writeFileSync(join(runner.workspace, 'queries', name), `${text}\n`)
  return 'ls queries'
}

/** By the heading of the recipe; one for each policy that the page shows under it. */
export const scenarios: Readonly<Record<string, readonly Scenario[]>> = {
  'curl in a loop': [{ ...github, standIns: () => ({}), prints: ['The warehouse is RUNNING.'] }],
  'A nightly query': [
    {
      ...github,
      // While the statement runs a request finds a token that is of no use any more.
      tokenSeconds: 43,
      standIns: (world) => ({ 'actions/checkout': checkedOut(world, 'nightly.sql', 'SELECT pause(5) AS n; SELECT 5') }),
      prints: ['Statement 2 of 2 (queries/nightly.sql, line 1) has succeeded: 1 row'],
      check: (_, results) =>
        expect(results.at(-1)?.summary).toContain('### Statement 1 of 2 (queries/nightly&#46;sql, line 1)'),
    },
  ],
  'A value for a later step': [{ ...github, warehouse: orders, standIns: () => ({}), prints: ['There are 3 orders.'] }],
  'A data-quality gate': [{ ...github, warehouse: orders, standIns: () => ({}), prints: ['has succeeded: 0 rows'] }],
  'A parameter from an input': [
    {
      ...github,
      warehouse: orders,
      inputs: { day: '2026-11-23' },
      standIns: () => ({}),
      prints: ['|   2 |      7 |\n', '2 rows'],
    },
  ],
  'Names that depend on the stage': [
    {
      ...github,
      warehouse: orders,
      vars: () => ({ STAGE: 'test' }),
      standIns: () => ({}),
      prints: ['| num_affected_rows |\n|-------------------|\n|                 1 |'],
      check: ({ production }) =>
        expect(production.statements().at(-1)?.request).toMatchObject({ catalog: 'main', schema: 'sales' }),
    },
  ],
  'Refresh a materialised view': [
    {
      ...github,
      warehouse: {
        recorded: [
          {
            statement: /^REFRESH MATERIALIZED VIEW main\.sales\.daily$/,
            answer: { columns: [], rows: [], seconds: 0 },
          },
        ],
      },
      standIns: () => ({}),
      prints: ['The statement has succeeded'],
    },
  ],
  'A result as an artifact': [
    {
      ...github,
      warehouse: orders,
      standIns: (world) => ({
        'actions/checkout': checkedOut(world, 'export.sql', 'SELECT id, amount FROM orders ORDER BY id'),
        'actions/upload-artifact': 'cat orders.csv',
      }),
      prints: ['id,amount\n1,5\n2,7\n3,1\n'],
    },
  ],
  'A query without this command': [
    {
      ...github,
      // The second request finds a token that has less than a minute left, and so one that has to be renewed.
      tokenSeconds: 62,
      standIns: (world) => ({
        'actions/checkout': checkedOut(world, 'nightly.sql', 'SELECT pause(4), current_user()'),
      }),
      prints: [`"4","${applicationId}"`],
    },
  ],
  'Two workspaces in one job': [
    {
      ...github,
      standIns: () => ({}),
      prints: [`production: ${applicationId}`, 'staging: d7e1f0a2-3c4b-4d5e-9f60-718293a4b5c6'],
    },
  ],
  'Microsoft Entra ID': [
    {
      policy: 'entra',
      identityProvider: 'entra',
      audienceFor: (asked) => (asked === 'api://databricks-federation' ? 'API_CLIENT_ID' : asked),
      vars: () => ({ AZURE_CLIENT_ID: 'client', AZURE_TENANT_ID: 'tenant' }),
      standIns(world, provider) {
        const has = ['--query accessToken', '--output tsv']
        const words = { begins: 'account get-access-token', audienceOption: '--resource', has }
        return { 'azure/login': onPath(world, 'az', commandOf(provider, words)) }
      },
      prints: [applicationId],
    },
  ],
  Google: [
    {
      policy: 'google',
      identityProvider: 'google',
      audienceFor: (asked) => asked,
      vars: () => ({ GOOGLE_WORKLOAD_IDENTITY_PROVIDER: 'pool', GOOGLE_SERVICE_ACCOUNT: 'account' }),
      // The action masks its output by itself, before it sets it.
      standIns: ({ production }, { tokenEndpoint }) => ({
        'google-github-actions/auth': [
          `token=$(curl --fail --silent --show-error '${tokenEndpoint}?audience=${production.accountId}')`,
          'echo "::add-mask::$token"',
          'echo "id_token=$token" >> "$GITHUB_OUTPUT"',
        ].join('\n'),
      }),
      prints: [applicationId],
    },
  ],
  AWS: [
    {
      policy: 'aws',
      identityProvider: 'aws',
      audienceFor: (asked) => asked,
      vars: () => ({ AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/databricks-deploy' }),
      standIns(world, provider) {
        const has = ['--signing-algorithm RS256', '--query WebIdentityToken', '--output text']
        const words = { begins: 'sts get-web-identity-token', audienceOption: '--audience', has }
        return { 'aws-actions/configure-aws-credentials': onPath(world, 'aws', commandOf(provider, words)) }
      },
      prints: [applicationId],
    },
  ],
  'A provider of your own (Okta, Keycloak)': [
    { ...ownProvider, policy: 'okta', identityProvider: 'okta', audienceFor: () => 'api://default' },
    { ...ownProvider, policy: 'keycloak', identityProvider: 'keycloak', audienceFor: () => 'databricks' },
  ],
}
