/**
 * Statements, and arguments, that PowerShell for Windows or cmd would read as something of their own. By what is in
 * them.
 */
export const hostile: readonly (readonly [string, string])[] = [
  ['a variable that cmd has', "SELECT '%date%' AS d"],
  ['an environment variable', "SELECT '%PATH%' AS p"],
  ['a variable that nobody has', "SELECT '%nosuch%' AS p"],
  ['a percent sign', "SELECT '100%' AS p"],
  ['two percent signs', "SELECT 'a%%b' AS p"],
  ['an ampersand between quotation marks', 'SELECT "x & echo owned & rem"'],
  ['an ampersand between apostrophes', "SELECT 'x & y' AS a"],
  ['an ampersand without a space', 'SELECT/**/6&3'],
  ['a pipe', "SELECT 'a|b' AS p"],
  ['less and greater', 'SELECT 1 WHERE 1 < 2 AND 2 > 1'],
  ['less and greater without a space', 'SELECT/**/1<2'],
  ['JSON', 'SELECT \'{"a":"b"}\' AS j'],
  ['a name in quotation marks', 'SELECT 1 AS "a b"'],
  ['a lone quotation mark', "SELECT '\"' AS q"],
  ['an empty text', "SELECT '' AS e"],
  ['an apostrophe', "SELECT 'it''s' AS i"],
  ['a caret', "SELECT 'a^b' AS c"],
  ['an exclamation mark', "SELECT '!PATH!' AS e"],
  ['a backslash before an apostrophe', "SELECT 'C:\\x\\\\' AS b"],
  ['a line break', "SELECT\n1 AS l, '東京 Müller' AS m"],
]

/** Arguments alone: what no statement is. */
export const hostileArguments: readonly string[] = [...hostile.map(([, text]) => text), '', '{"a":"b"}', '""', 'a\\"b']
