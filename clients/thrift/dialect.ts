/** Databricks SQL, as far as the clients here speak it, told apart by what the database has to do. */

/** Catalog, schema and name of a table or a view, or fewer parts when the session's are meant. */
export type NameParts = string[]

export type Plan =
  | { kind: 'query'; sql: string }
  | { kind: 'insert'; into: NameParts; sql: string }
  | {
      kind: 'create'
      relation: 'table' | 'view'
      name: NameParts
      orReplace: boolean
      unlessExists: boolean
      sql: string
    }
  | { kind: 'drop'; relation: 'table' | 'view'; name: NameParts; ifExists: boolean }
  | { kind: 'create schema'; name: NameParts }
  | { kind: 'drop schema'; name: NameParts }
  | { kind: 'show schemas'; catalog: string | undefined }
  | { kind: 'show tables'; schema: NameParts; pattern: string }
  | { kind: 'volume' }
  | { kind: 'use catalog'; name: string }
  | { kind: 'use schema'; name: NameParts }
  | { kind: 'describe'; name: NameParts }

const PART = '(?:`[^`]+`|[A-Za-z_]\\w*)'
const NAME = `${PART}(?:\\.${PART}){0,2}`
/** What may stand between a new relation's name and its query. Storage and comments change no result. */
const CLAUSES =
  "(?:\\s*(?:using\\s+\\w+|comment\\s+'(?:[^']|'')*'|(?:tblproperties|options|partitioned\\s+by|cluster\\s+by)\\s*\\([^)]*\\)))*"

const FORMS: [RegExp, (groups: Record<string, string | undefined>) => Plan][] = [
  [/^(?:select|with|values)\b/, ({ all = '' }) => ({ kind: 'query', sql: all })],
  [
    new RegExp(`^insert\\s+into\\s+(?:table\\s+)?(?<name>${NAME})(?:\\s+by\\s+name)?\\s+(?<sql>.+)$`),
    ({ name, sql = '' }) => ({ kind: 'insert', into: partsOf(name), sql }),
  ],
  [
    new RegExp(
      `^create\\s+(?<replace>or\\s+replace\\s+)?(?<relation>table|view)\\s+(?<missing>if\\s+not\\s+exists\\s+)?(?<name>${NAME})` +
        `${CLAUSES}\\s*as\\s+(?<sql>.+)$`,
    ),
    ({ replace, relation, missing, name, sql = '' }) => ({
      kind: 'create',
      relation: relationOf(relation),
      name: partsOf(name),
      orReplace: replace !== undefined,
      unlessExists: missing !== undefined,
      sql,
    }),
  ],
  [
    new RegExp(`^drop\\s+(?<relation>table|view)\\s+(?<exists>if\\s+exists\\s+)?(?<name>${NAME})$`),
    ({ relation, exists, name }) => ({
      kind: 'drop',
      relation: relationOf(relation),
      name: partsOf(name),
      ifExists: exists !== undefined,
    }),
  ],
  [
    new RegExp(`^create\\s+(?:schema|database)\\s+(?:if\\s+not\\s+exists\\s+)?(?<name>${NAME})$`),
    ({ name }) => ({ kind: 'create schema', name: partsOf(name) }),
  ],
  [
    new RegExp(`^drop\\s+(?:schema|database)\\s+(?:if\\s+exists\\s+)?(?<name>${NAME})(?:\\s+cascade)?$`),
    ({ name }) => ({ kind: 'drop schema', name: partsOf(name) }),
  ],
  [
    new RegExp(`^show\\s+(?:schemas|databases)(?:\\s+(?:in|from)\\s+(?<name>${PART}))?$`),
    ({ name }) => ({ kind: 'show schemas', catalog: partsOf(name)[0] }),
  ],
  [
    new RegExp(`^show\\s+tables(?:\\s+(?:in|from)\\s+(?<name>${NAME}))?(?:\\s+(?:like\\s+)?'(?<pattern>[^']*)')?$`),
    ({ name, pattern = '*' }) => ({ kind: 'show tables', schema: partsOf(name), pattern }),
  ],
  // ibis makes one for its own files, which no statement here reads.
  [
    new RegExp(`^(?:create|drop)\\s+volume\\s+if\\s+(?:not\\s+)?exists\\s+${NAME}(?:\\s+comment\\s+'[^']*')?$`),
    () => ({ kind: 'volume' }),
  ],
  [
    new RegExp(`^use\\s+catalog\\s+(?<name>${PART})$`),
    ({ name }) => ({ kind: 'use catalog', name: partsOf(name).join() }),
  ],
  [
    new RegExp(`^use\\s+(?:(?:schema|database)\\s+)?(?<name>${NAME})$`),
    ({ name }) => ({ kind: 'use schema', name: partsOf(name) }),
  ],
  [
    new RegExp(`^desc(?:ribe)?\\s+(?:table\\s+)?(?:extended\\s+)?(?<name>${NAME})$`),
    ({ name }) => ({ kind: 'describe', name: partsOf(name) }),
  ],
]

/** Reads a statement; `undefined` for one that the warehouse doesn't know. Comments before it are passed over. */
export function readStatement(statement: string): Plan | undefined {
  const text = statement.replace(/^(?:\s+|\/\*[\s\S]*?\*\/|--[^\n]*(?:\n|$))+/, '').replace(/[\s;]+$/, '')
  for (const [form, plan] of FORMS) {
    const match = new RegExp(form.source, 'is').exec(text)
    if (match) return plan({ all: text, ...match.groups })
  }
  return undefined
}

/**
 * Puts `rename(parts)` in place of every table or view that a query reads. Strings and comments are left alone, and so
 * is a name that `rename` returns nothing for: it may be the query's own (`with x as …`).
 */
export function renameRelations(sql: string, rename: (name: NameParts) => string | undefined): string {
  const words = new RegExp(`'(?:[^']|'')*'|--[^\\n]*|/\\*[\\s\\S]*?\\*/|\\b(from|join)(\\s+)(${NAME})`, 'gi')
  return sql.replace(words, (all, word?: string, space?: string, name?: string) => {
    const renamed = name === undefined ? undefined : rename(partsOf(name))
    return renamed === undefined ? all : `${word}${space}${renamed}`
  })
}

function partsOf(name: string | undefined): NameParts {
  return (name?.match(new RegExp(PART, 'g')) ?? []).map((part) => part.replaceAll('`', '').toLowerCase())
}

function relationOf(word: string | undefined): 'table' | 'view' {
  return word?.toLowerCase() === 'view' ? 'view' : 'table'
}
