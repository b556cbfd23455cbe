import { type DryRun, type DryRunOptions, dryRunFor } from '../../src/explain/dry-run.ts'
import { parseHost } from '../../src/host.ts'
import { accountId, type Claims, claimsOf, clientId, now } from './refused-job.ts'

export const workspace = 'https://dbc-a1b2c3d4-e5f6.cloud.databricks.com'
export const console = 'https://accounts.cloud.databricks.com'

/** What is given in place of a job with an environment, a principal and an account, at a workspace; '' is no host. */
export interface Asked extends Partial<Omit<DryRunOptions, 'host'>> {
  host?: string | undefined
  claims?: Claims
}

export const setupOf = ({ host = workspace, claims = {}, ...other }: Asked = {}): DryRun =>
  dryRunFor({
    host: host === '' ? undefined : parseHost(host, true),
    isSubjectTokenGiven: false,
    disclosedClaims: claimsOf(claims),
    clientId,
    accountId,
    audience: undefined,
    warehouseId: undefined,
    eventName: 'push',
    now,
    ...other,
  })

/** Every line of every command that a setup asks for. */
export const linesOf = (asked: Asked): string[] => setupOf(asked).steps.flatMap(({ command }) => command.split('\n'))

/** The first of them that holds a text. */
export const lineWith = (part: string, asked: Asked): string | undefined =>
  linesOf(asked).find((line) => line.includes(part))
