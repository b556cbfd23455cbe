import type { ProxyBehaviour } from '../connect-proxy.ts'
import { type Fault, times } from './fault.ts'
import type { Laboratory } from './laboratory.ts'
import { isTls, type TlsLaboratory } from './tls-laboratory.ts'

function tlsOf(laboratory: Laboratory): TlsLaboratory {
  if (isTls(laboratory)) return laboratory
  throw new Error('this fault needs a laboratory with TLS and a proxy')
}

function proxying(name: string, behaviour: ProxyBehaviour, more: Partial<Fault> = {}): Fault {
  return {
    name,
    over: 'tls',
    ...more,
    put(laboratory, leg, repetition) {
      const { proxy, legOf } = tlsOf(laboratory)
      let left = times(repetition)
      proxy.behaviour = (target) => {
        if (legOf(target) !== leg || left === 0) return 'serve'
        left -= 1
        if (behaviour === 'hang') laboratory.onStall?.()
        return behaviour
      }
    },
  }
}

function impersonating(name: keyof TlsLaboratory['impostors']): Fault {
  return {
    name: `TLS: ${name}`,
    over: 'tls',
    put(laboratory, leg, repetition) {
      const { proxy, legOf, route, impostors, servers } = tlsOf(laboratory)
      let left = times(repetition)
      proxy.behaviour = (target) => {
        if (legOf(target) === leg) {
          const server = left === 0 ? servers[leg] : impostors[name]
          left = Math.max(0, left - 1)
          route(leg, server.port)
        }
        return 'serve'
      }
    },
  }
}

/** Faults on the way to a host. */
export const wayFaults: readonly Fault[] = [
  impersonating('unknown authority'),
  impersonating('wrong name'),
  proxying('proxy answers 407', 'deny'),
  proxying('proxy answers 502', 'refuse'),
  proxying('proxy dies before the tunnel', 'die'),
  proxying('proxy dies in the tunnel', 'cut'),
  proxying('proxy never answers', 'hang', { timeoutSeconds: 2 }),
]
