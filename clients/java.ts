import { execFile } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { type PartName, placeOf } from './setup/parts.ts'
import type { World } from './world.ts'

const PASSWORD = 'changeit'

const start = promisify(execFile)
const storeOf = ({ runner }: World): string => join(runner.temp, 'trust.p12')

/** Makes a trust store with the authority of a world, which Java programs need: Java takes no PEM file. */
export async function bringTrust(world: World): Promise<void> {
  const { way } = world
  const file = ['-alias', 'authority', '-file', way['SSL_CERT_FILE'] ?? '']
  const into = ['-keystore', storeOf(world), '-storetype', 'PKCS12', '-storepass', PASSWORD]
  // Not at once: the world is in this process, and other cases beside this one.
  await start('keytool', ['-importcert', '-noprompt', ...file, ...into])
}

/** The beginning of a command line: Java with the jars of these parts, and what it needs to trust a world. */
export function java(world: World, ...jars: readonly PartName[]): string {
  const trust = `-Djavax.net.ssl.trustStore=${storeOf(world)} -Djavax.net.ssl.trustStorePassword=${PASSWORD}`
  return `java ${trust} -cp '${jars.map((name) => placeOf(name, '*')).join(delimiter)}'`
}

/** A JDBC URL without a login, to which its parameters can be added. */
export function jdbcUrl(world: World): string {
  const { production, proxyPort } = world
  const place = `${new URL(production.host).hostname}:443;httpPath=/sql/1.0/warehouses/${production.warehouseId}`
  // The driver asks the OAuth endpoint through the proxy, too, unless it is told not to.
  const proxy = `UseProxy=1;ProxyHost=127.0.0.1;ProxyPort=${proxyPort};ProxyIgnoreList=127.0.0.1`
  // The throw-away authority publishes no list of what it revoked.
  const tls = `SSLTrustStore=${storeOf(world)};SSLTrustStorePwd=${PASSWORD};CheckCertRevocation=0`
  return `jdbc:databricks://${place};${proxy};${tls};EnableTelemetry=0;`
}
