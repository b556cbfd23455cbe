import fc from 'fast-check'
import { applicationId } from '../../sandbox/faults/laboratory.ts'
import { hostileText, secrets, subjectJwt } from './hostile.ts'

// The operating system takes no NUL in a variable.
const value = hostileText.map((text) => text.replaceAll('\0', ''))

const orAny = (...right: string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: value })

type Texts = Record<string, string>

function some(texts: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<Texts> {
  return fc.record(texts, { requiredKeys: [] }) as fc.Arbitrary<Texts>
}

const accountId = '5c4f2a9e-7b1d-4e06-9a53-d0f1c2b3a495'

/** Inputs of a step, each left out, right, or of any text; `more` replaces some of them. */
export const inputs = (more: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<Texts> =>
  some({
    host: orAny('https://dbc-1.cloud.databricks.com', 'accounts.cloud.databricks.com', 'octo.databricks.com'),
    identity_federation_client_id: orAny(applicationId, 'none', '12345'),
    account_id: orAny(accountId),
    audience: orAny('an-audience', ''),
    scope: orAny('all-apis', 'sql  all-apis'),
    subject_token: orAny(subjectJwt),
    on_exchange_failure: orAny('fail', 'use_subject_token'),
    export_env: orAny('true', 'false', 'yes'),
    token_command: orAny('databricks-token', 'none', 'databricks-token-x'),
    allow_unknown_host: orAny('true', 'false'),
    timeout_seconds: orAny('60', '1', '0'),
    ...more,
  })

// Below a folder: a summary is made where its variable says.
function pathsBelow(folder: string): fc.Arbitrary<Texts> {
  const path = value.map((text) => `${folder}/${text}`)
  return some({
    GITHUB_OUTPUT: path,
    GITHUB_ENV: path,
    GITHUB_PATH: path,
    GITHUB_STATE: path,
    GITHUB_STEP_SUMMARY: path,
    RUNNER_TEMP: path,
  })
}

// Seldom, since each of them alone ends most logins.
const seldom = (rare: fc.Arbitrary<Texts>): fc.Arbitrary<Texts> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: rare })

/**
 * Variables that a login reads, each left out, right, or of any text.
 *
 * @param folder of the files and folders that some of them name
 * @param more replaces some of them
 */
export const environmentVariables = (folder: string, more: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<Texts> =>
  fc
    .tuple(
      some({
        DATABRICKS_CLIENT_ID: orAny(applicationId),
        DATABRICKS_ACCOUNT_ID: orAny(accountId),
        DATABRICKS_TOKEN_AUDIENCE: orAny('an-audience'),
        PATH: value,
        ACTIONS_ORCHESTRATION_ID: value,
        RUNNER_DEBUG: orAny('1'),
        ...more,
      }),
      seldom(
        some({
          DATABRICKS_HOST: orAny('https://dbc-1.cloud.databricks.com'),
          DATABRICKS_AUTH_TYPE: orAny('pat', 'oauth-m2m'),
          DATABRICKS_TOKEN: orAny('dapi0123'),
          NODE_TLS_REJECT_UNAUTHORIZED: orAny('1', '0'),
        }),
      ),
      seldom(
        some({
          ACTIONS_ID_TOKEN_REQUEST_URL: orAny('https://pipelines.actions.githubusercontent.com/x/idtoken?a=b'),
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: orAny(secrets.requestToken),
        }),
      ),
      seldom(pathsBelow(folder)),
    )
    .map((groups) => Object.assign({}, ...groups))
