// The X.509 library registers its parts by decorators, which need this first.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { TlsIdentity } from './http-server.ts'

/** A certificate authority for one test. */
export interface Authority {
  /** Its own certificate, PEM: what `NODE_EXTRA_CA_CERTS` names a file of. */
  readonly certificate: string
  /** A server's key and certificate for DNS names and IP addresses, valid for a day. */
  issue(...names: [string, ...string[]]): Promise<TlsIdentity>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const day = 24 * 3600 * 1000

/**
 * Creates a certificate authority whose keys exist in this process alone. Its certificates hold what strict
 * clients ask for (RFC 5280: key identifiers, key usage, names in subjectAltName). For tests: it needs a
 * development dependency.
 */
export async function createAuthority(): Promise<Authority> {
  cryptoProvider.set(webcrypto)
  const root = await generateKeys()
  const name = 'CN=Sandbox Authority'
  const rootKeyId = await SubjectKeyIdentifierExtension.create(root.publicKey)
  const period = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) }
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...period,
    name,
    keys: root,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      rootKeyId,
    ],
  })

  return {
    certificate: certificate.toString('pem'),
    async issue(...names) {
      const keys = await generateKeys()
      const issued = await X509CertificateGenerator.create({
        ...period,
        subject: `CN=${names[0]}`,
        issuer: name,
        publicKey: keys.publicKey,
        signingKey: root.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
          await SubjectKeyIdentifierExtension.create(keys.publicKey),
          await AuthorityKeyIdentifierExtension.create(root.publicKey),
        ],
      })
      const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
      return { key: PemConverter.encode(key, 'PRIVATE KEY'), cert: issued.toString('pem') }
    },
  }
}

const generateKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
