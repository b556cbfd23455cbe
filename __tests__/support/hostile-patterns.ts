import { unverifiableJwt } from './jwt.ts'

/** Text that a server may send: so much is read of an answer at most. */
export const MEBIBYTE = 1024 * 1024

/** A secret that overlaps itself as no other does, and one as Databricks makes them. */
export const selfSimilar = 'a'.repeat(4096)
export const jwt = unverifiableJwt({ iss: 'https://ws.cloud.databricks.com/oidc', sub: 'x'.repeat(1000) })

// Each is repeated until it fills the size; what goes before and after it makes a search fail late.
const pieces: Readonly<Record<string, readonly [piece: string, before?: string, after?: string]>> = {
  'beginnings of a JWT': ['eyJ'],
  'headers of a JWT': ['eyJhbGciOi'],
  'two parts of a JWT': ['eyJhbGciOi.eyJ '],
  'a JWT of a thousand parts': ['eyJhbGciOi.'],
  'whole JWTs': [`${jwt} `],
  'a JWT cut at each place': [jwt.slice(0, -1)],
  'a secret that overlaps itself': ['a'],
  'nearly a secret that overlaps itself': [`${selfSimilar.slice(1)}b`],
  'names of tokens': ['access_token'],
  'a name of a token and quotes': ['"', 'access_token', '&'],
  'a name of a token and backslashes': ['\\', 'access_token', ' '],
  'names of tokens with values': ['id_token="x'],
  'white space': [' \t', '', 'x'],
  'line breaks': ['\n', '', 'x'],
  'line separators': ['\u2028', '', 'x'],
  'indented lines': ['\n  - uses: x', 'permissions:'],
  'line breaks with commands': ['\n::error::x'],
  'commands of the old kind': ['##[error]'],
  'percent signs': ['%'],
  'slashes after a host': ['/', 'https://spog.databricks.com', 'x'],
  'paths of Keycloak': ['/realms/', 'https://sso.corp.example', '?'],
  'placeholders of an account': ['{account_id}', 'https://spog.databricks.com/'],
  'dots after a host': ['.', 'https://spog.databricks.com', '/'],
  'labels of a host in another script': ['ü.', 'https://', 'databricks.com'],
  'one label in another script': ['ü', 'https://', '.databricks.com'],
  'a user name without an end': [':a', 'https://'],
  'at signs': ['@', 'https://a'],
  'control and format characters': ['\u202e\u0007'],
  'halves of a character': ['\ud800'],
  'characters of four bytes': ['🧱'],
  markup: ['<pre>&'],
  digits: ['9', '', ' x'],
  brackets: ['['],
}

/** Texts of a size in UTF-16 code units, by what they are. */
export function hostilePatterns(size = MEBIBYTE): [name: string, text: string][] {
  return Object.entries(pieces).map(([name, [piece, before = '', after = '']]) => {
    const room = size - before.length - after.length
    return [name, before + piece.repeat(Math.ceil(room / piece.length)).slice(0, room) + after]
  })
}
