import { CUT_MARK, oneLine } from '../text.ts'

/** Takes every secret of a run out of text, in the forms in which it could come back. */
export interface Redaction {
  add: (secret: string) => void
  /** Of a text longer than MAX_KEPT_CHARACTERS only the start comes back; no secret is cut through. */
  redact: (text: string) => string
}

/** No message of ours is longer. A server may send a megabyte, of which nobody reads more than this. */
export const MAX_KEPT_CHARACTERS = 8192

const MASK = '***'

// A secret inside a longer text that was encoded whole starts at one of three offsets; the outer characters of each
// form depend on its neighbours and are left out.
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret)
  if (bytes.length < 6) return []
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const inner = encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - 1)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

// RFC 3986, in either case, and the form encoding of URLSearchParams.
function urlForms(secret: string): string[] {
  const upper = encodeURIComponent(secret.toWellFormed())
  const lower = upper.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase())
  return [upper, lower, new URLSearchParams({ '': secret }).toString().slice(1)]
}

const MIN_SIGNATURE_LENGTH = 16

/**
 * The signature of a JWT (RFC 7515, section 7.1), the part that makes it a token; undefined for an opaque one. A JWT
 * without it is of no use, and it is not to be had from elsewhere.
 */
export function signatureOf(token: string): string | undefined {
  const [, , signature = '', ...more] = token.split('.', 4)
  return more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH ? signature : undefined
}

// Each piece has 16 characters, 96 bits: whoever reads all pieces but one cannot guess the rest of the token.
const PIECE_LENGTH = 16

/**
 * The signature of a JWT in pieces of 16 characters, what is left with the last; nothing of an opaque token. PowerShell
 * breaks long text at 80 columns, and the runner finds no token that goes on in the next line: of one whose pieces are
 * masked, too, only the piece that the break goes through can be read.
 */
export function signaturePieces(token: string): string[] {
  const signature = signatureOf(token) ?? ''
  const count = Math.floor(signature.length / PIECE_LENGTH)
  return Array.from({ length: count }, (_, at) =>
    signature.slice(at * PIECE_LENGTH, at === count - 1 ? undefined : (at + 1) * PIECE_LENGTH),
  )
}

// A secret as a message quotes it, on one line. If only a few characters are left of it, the form is left out: it would match
// half of all text.
function inALine(secret: string): string[] {
  const line = oneLine(secret.slice(0, 2 * MAX_KEPT_CHARACTERS))
  return line.length >= 6 ? [line] : []
}

// Of a form longer than the text that is kept its start is enough: it covers all that is kept after it. An encoding is
// never shorter than what it encodes, but its last character depends on the next one.
const formsOf = (plain: readonly string[]): string[] =>
  plain
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS + 8))
    .flatMap((form) => [form, ...urlForms(form), JSON.stringify(form).slice(1, -1), ...base64Forms(form)])
    .map((form) => form.slice(0, MAX_KEPT_CHARACTERS))

/** A secret, and the length of the shortest of its forms, which are made when a text is long enough for one. */
interface KnownSecret {
  shortest: number
  forms: () => readonly string[]
}

function knownSecret(secret: string): KnownSecret {
  const plain = [...new Set([secret, ...inALine(secret), signatureOf(secret) ?? secret])]
  let forms: readonly string[] | undefined
  return {
    shortest: Math.min(MAX_KEPT_CHARACTERS, ...plain.map(({ length }) => length)),
    forms: () => {
      forms ??= formsOf(plain)
      return forms
    },
  }
}

// For each start of a form, by its last place, the length of the longest shorter start that it ends with (Knuth, Morris
// and Pratt 1977). The first character has none before it.
function overlapsOf(form: string): number[] {
  const overlaps: number[] = []
  for (let at = 1, same = 0; at < form.length; at++) {
    while (same > 0 && form[at] !== form[same]) same = overlaps[same - 1] ?? 0
    if (form[at] === form[same]) same++
    overlaps[at] = same
  }
  return overlaps
}

const FIRST_LOOK_CHARACTERS = 8

type MarkSecret = (start: number, end: number) => void

/**
 * Marks a form wherever it stands in a text, also where it overlaps itself, and its start where the text was cut. The
 * steps grow with the text alone.
 */
function markForm(form: string, text: string, mark: MarkSecret): void {
  // A quick search first, since most texts hold none of the forms.
  const first = text.indexOf(form.slice(0, FIRST_LOOK_CHARACTERS))
  if (first < 0) return
  const overlaps = overlapsOf(form)
  for (let at = first, same = 0; at < text.length; at++) {
    if (same >= FIRST_LOOK_CHARACTERS && text.startsWith(CUT_MARK, at)) mark(at - same, at)
    while (same > 0 && text[at] !== form[same]) same = overlaps[same - 1] ?? 0
    if (text[at] === form[same]) same++
    if (same < form.length) continue
    mark(at + 1 - form.length, at + 1)
    same = overlaps[same - 1] ?? 0
  }
}

// Tokens that nobody has named as secrets. A JWT is told by its form (RFC 7515, section 7.1): a header and two dots, with
// everything up to the end of its characters. Each run of such characters is read once, which keeps a hostile text cheap.
function markJwts(text: string, mark: MarkSecret): void {
  for (const { 0: run, index } of text.matchAll(/[\w.-]+/g)) {
    const header = run.search(/eyJ[\w-]{6}/)
    const firstDot = header < 0 ? -1 : run.indexOf('.', header)
    if (firstDot >= 0 && run.includes('.', firstDot + 1)) mark(index + header, index + run.length)
  }
}

// Any other token is told by the name in front of it.
const NAMED_TOKEN = /((?:access|refresh|id|subject)_token["'\\]*\s*[:=]\s*["'\\]*)([^\s"'\\&,}]+)/i

function markNamedTokens(text: string, mark: MarkSecret): void {
  let at = 0
  // The pattern has three groups: the text before, the name, the token.
  for (const [turn, part] of text.split(NAMED_TOKEN).entries()) {
    if (turn % 3 === 2) mark(at, at + part.length)
    at += part.length
  }
}

/** Starts with no secret known; what looks like a token is taken out all the same. */
export function createRedaction(): Redaction {
  const secrets = new Map<string, KnownSecret>()

  // Most lines are shorter than any form of a token. Where a text was cut, the start of a form may stand before the cut.
  function formsFor(text: string): readonly string[] {
    const isCut = text.includes(CUT_MARK)
    const possible = [...secrets.values()].filter(({ shortest }) => isCut || shortest <= text.length)
    return possible.flatMap(({ forms }) => forms())
  }

  // How many secrets begin, less those that end, at each place: they may overlap, and one that was taken out after the
  // other would leave the rest of the second.
  function bordersIn(text: string): ReadonlyMap<number, number> {
    const borders = new Map<number, number>()
    const mark: MarkSecret = (start, end) => {
      borders.set(start, (borders.get(start) ?? 0) + 1)
      borders.set(end, (borders.get(end) ?? 0) - 1)
    }
    for (const form of formsFor(text)) markForm(form, text, mark)
    markJwts(text, mark)
    markNamedTokens(text, mark)
    return borders
  }

  return {
    add: (secret) => {
      if (secret !== '' && !secrets.has(secret)) secrets.set(secret, knownSecret(secret))
    },
    redact: (whole) => {
      // Cut before anything looks at it, and far enough behind what is kept to see every secret that begins there.
      const text = whole.slice(0, 2 * MAX_KEPT_CHARACTERS)
      const borders = bordersIn(text)
      const kept = Math.min(text.length, MAX_KEPT_CHARACTERS)
      let clean = ''
      let done = 0
      for (let at = 0, open = 0; at < kept; at++) {
        const wasOpen = open > 0
        open += borders.get(at) ?? 0
        if (!wasOpen && open > 0) clean += text.slice(done, at) + MASK
        if (open > 0) done = at + 1
      }
      return clean + text.slice(done, kept) + (whole.length > kept ? CUT_MARK : '')
    },
  }
}

// As people write it, readable as a URL or not: [scheme://]user[:password]@host.
const PROXY_CREDENTIALS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^:]*)(?::(.*))?@/is

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function proxyCredentials(proxy: string): string[] {
  const [, user = '', password = ''] = PROXY_CREDENTIALS.exec(proxy) ?? []
  if (password === '') return [user, decoded(user)]
  const pair = `${decoded(user)}:${decoded(password)}`
  return [password, decoded(password), pair, Buffer.from(pair).toString('base64')]
}

/** Secrets that a step finds in its environment: the runner's request token and the credentials of proxies. */
export function environmentSecrets(environment: NodeJS.ProcessEnv): string[] {
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].flatMap((name) => environment[name] ?? [])
  return [requestToken, ...proxies.flatMap(proxyCredentials)].filter((secret) => secret !== '')
}
