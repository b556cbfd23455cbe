import type { Break, Edit } from './breaks.ts'
import type { NamedTest, Threat } from './threats.ts'

/** The row that a break begins to name, if there is one alone. */
export function rowOf([row]: Break, threats: readonly Threat[]): Threat | undefined {
  const [found, ...others] = threats.filter(({ name }) => name.startsWith(row))
  return others.length === 0 ? found : undefined
}

/** The test of its row that a break begins to name, if there is one alone. */
export function testOf(one: Break, threats: readonly Threat[]): NamedTest | undefined {
  const [, file, title] = one
  const tests = rowOf(one, threats)?.tests ?? []
  const [found, ...others] = tests.filter((test) => test.file === file && test.title.startsWith(title))
  return others.length === 0 ? found : undefined
}

function mistakeOfPlace(one: Break, threats: readonly Threat[]): string[] {
  const [row, file, title] = one
  if (testOf(one, threats) !== undefined) return []
  if (rowOf(one, threats) === undefined) return [`A break names "${row}", with which no row begins, or several.`]
  return [`A break of "${row}" names ${file} "${title}", with which no test of that row begins, or several.`]
}

function mistakeOfEdit([row]: Break, [file, from]: Edit, textOf: (file: string) => string): string[] {
  const times = textOf(file).split(from).length - 1
  return times === 1 ? [] : [`A break of "${row}" needs this once in ${file}, where it stands ${times} times: ${from}`]
}

/**
 * What is wrong with a list of breaks, without running them: a break of no row or no test, or of several; text to
 * break that does not stand exactly once in its file, as after a change of the source; a test that no break is for.
 *
 * @param textOf the text of a file of this repository
 */
export function mistakesIn(
  breaks: readonly Break[],
  threats: readonly Threat[],
  textOf: (file: string) => string,
): string[] {
  const ofBreaks = breaks.flatMap((one) => {
    const [, , , ...edits] = one
    return [...mistakeOfPlace(one, threats), ...edits.flatMap((edit) => mistakeOfEdit(one, edit, textOf))]
  })
  const broken = new Set(breaks.map((one) => testOf(one, threats)))
  const unbroken = threats.flatMap(({ name, tests }) =>
    tests
      .filter((test) => !broken.has(test))
      .map(({ file, title }) => `"${name}" has no break for ${file} "${title}".`),
  )
  return [...ofBreaks, ...unbroken]
}
