/** A test as the table names it: its file under `__tests__/`, and its title as the source has it. */
export interface NamedTest {
  file: string
  title: string
}

/** A row of the threats table in docs/security.md. */
export interface Threat {
  name: string
  tests: readonly NamedTest[]
}

const NAMED_TEST = /`([\w./-]+\.test\.ts)` "([^"]+)"/g

function threatIn(row: string): Threat {
  const [name = '', , , , tests = ''] = row.split('|').slice(1, -1)
  return {
    name: name.trim(),
    tests: [...tests.matchAll(NAMED_TEST)].map(([, file = '', title = '']) => ({ file, title })),
  }
}

/** The rows of the table under the heading "Threats". */
export function threatsIn(page: string): Threat[] {
  const [, section = ''] = page.split('\n## Threats\n')
  const [threats = ''] = section.split('\n## ')
  return threats
    .split('\n')
    .filter((line) => /^\| (?!threat |---)/.test(line))
    .map(threatIn)
}
