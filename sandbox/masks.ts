/** The secrets of one job: whatever was registered is `***` in everything that is written afterwards. */
export interface Masks {
  /** Registers a value, each of its non-empty lines, and the encodings of all of them. */
  add(value: string): void
  apply(text: string): string
  /** Masks of its own, with all that is registered by now. */
  copy(): Masks
}

/** A masker with the runner's rules (SecretMasker.cs, ValueEncoders.cs). There is no shortest length. */
export function createMasks(...values: readonly string[]): Masks {
  const masks = masksOf(new Set())
  for (const value of values) masks.add(value)
  return masks
}

const masksOf = (secrets: Set<string>): Masks => ({
  add(value) {
    for (const secret of [value, ...value.split(/[\r\n]+/)]) {
      if (secret !== '') for (const form of formsOf(secret)) secrets.add(form)
    }
  },
  apply: (text) => replaceRanges(text, findRanges(text, secrets)),
  copy: () => masksOf(new Set(secrets)),
})

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // Shifted by one and two bytes, too: base64 of a text that holds the secret at any place.
  const base64 = [0, 1, 2].map((shift) => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64'))
  const forms = [
    secret,
    ...base64.map((form) => form.replace(/=+$/, '')),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    escapeXml(secret),
    secret.replaceAll('"', '\\"'),
    secret.replaceAll("'", "''"),
    secret.replace(/^"(.*)"$/s, '$1'),
  ]
  return forms.filter((form) => form !== '')
}

const xmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => xmlNames[char] ?? char)

type Range = [start: number, end: number]

function findRanges(text: string, secrets: ReadonlySet<string>): Range[] {
  const found: Range[] = []
  for (const secret of secrets) {
    // One further each time: a secret may overlap itself.
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      found.push([at, at + secret.length])
    }
  }
  return found.sort(([a], [b]) => a - b)
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  let masked = ''
  let done = 0
  for (const [start, end] of ranges) {
    // Ranges that touch or overlap become one.
    if (masked === '' || start > done) masked += `${text.slice(done, start)}***`
    done = Math.max(done, end)
  }
  return masked + text.slice(done)
}
