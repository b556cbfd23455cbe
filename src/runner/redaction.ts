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

// A JWT without its signature is of no use, and the signature alone is not to be had from elsewhere.
function signatureOf(secret: string): string[] {
  const parts = secret.split('.')
  return parts.length === 3 && parts[2] !== undefined && parts[2].length >= 16 ? [parts[2]] : []
}

const formsOf = (secret: string): string[] => {
  const plain = [secret, ...signatureOf(secret)]
  return [
    ...plain,
    ...plain.map((form) => encodeURIComponent(form.toWellFormed())),
    ...plain.map((form) => JSON.stringify(form).slice(1, -1)),
    ...plain.flatMap(base64Forms),
  ]
}

/** Starts with no secret known. */
export function createRedaction(): Redaction {
  let forms: string[] = []
  return {
    add: (secret) => {
      if (secret === '') return
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((one, other) => other.length - one.length)
    },
    redact: (text) => forms.reduce((clean, form) => clean.replaceAll(form, MASK), text),
  }
}

function proxyCredentials(proxy: string): string[] {
  const url = URL.parse(proxy) ?? URL.parse(`http://${proxy}`)
  if (url === null) return [proxy]
  const { username, password } = url
  if (password === '') return username === '' ? [] : [username]
  const pair = `${decodeComponent(username)}:${decodeComponent(password)}`
  return [password, decodeComponent(password), pair, Buffer.from(pair).toString('base64')]
}

function decodeComponent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Secrets that a step finds in its environment: the runner's request token and the credentials of proxies. */
export function environmentSecrets(environment: NodeJS.ProcessEnv): string[] {
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].map(
    (name) => environment[name] ?? '',
  )
  const { ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken = '' } = environment
  return [requestToken, ...proxies.filter((proxy) => proxy !== '').flatMap(proxyCredentials)].filter(Boolean)
}
