/** Takes every secret of a run out of text, in the forms in which it could come back. */
export interface Redaction {
  add: (secret: string) => void
  redact: (text: string) => string
}

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
  const [, , signature = '', ...more] = token.split('.')
  return more.length === 0 && signature.length >= MIN_SIGNATURE_LENGTH ? signature : undefined
}

const formsOf = (secret: string): string[] =>
  [secret, signatureOf(secret) ?? secret].flatMap((form) => [
    form,
    ...urlForms(form),
    JSON.stringify(form).slice(1, -1),
    ...base64Forms(form),
  ])

type Range = [start: number, end: number]

function rangesOf(form: string, text: string): Range[] {
  const found: Range[] = []
  // One further each time: a secret may overlap itself.
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    found.push([at, at + form.length])
  }
  return found
}

// Secrets may overlap in a text: one taken out after the other would leave the rest of the second.
function withoutRanges(text: string, ranges: Range[]): string {
  let clean = ''
  let done = 0
  for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
    if (end <= done) continue
    clean += start < done || (start === done && done > 0) ? '' : text.slice(done, start) + MASK
    done = end
  }
  return clean + text.slice(done)
}

// Tokens of which nobody has told: a JWT by its shape (RFC 7515, section 7.1), another by the name before it.
const JWT = /eyJ[\w-]{6,}(\.[\w-]*){2,}/g
const NAMED_TOKEN = /((?:access|refresh|id|subject)_token["'\\]*\s*[:=]\s*["'\\]*)[^\s"'\\&,}]+/gi

/** Starts with no secret known; what looks like a token is taken out all the same. */
export function createRedaction(): Redaction {
  const forms = new Set<string>()
  return {
    add: (secret) => {
      if (secret !== '') for (const form of formsOf(secret)) forms.add(form)
    },
    redact: (text) => {
      const ranges = [...forms].flatMap((form) => rangesOf(form, text))
      return withoutRanges(text, ranges).replace(JWT, MASK).replace(NAMED_TOKEN, `$1${MASK}`)
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
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].map((name) => environment[name] ?? '')
  return [requestToken, ...proxies.flatMap(proxyCredentials)].filter((secret) => secret !== '')
}
