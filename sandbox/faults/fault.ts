import type { ServerResponse } from 'node:http'
import type { ReceivedRequest, SandboxServer } from '../http-server.ts'
import type { Laboratory } from './laboratory.ts'
import { type Leg, legOf, type Repetition } from './leg.ts'

/** One way in which a leg of a login can go wrong. */
export interface Fault {
  readonly name: string
  /** Its row in the table, if it shares one. */
  readonly row?: string
  /** The legs that it can be put in front of; every one by default. */
  readonly legs?: readonly Leg[]
  /** The laboratory that it needs; plain by default. */
  readonly over?: 'plain' | 'tls'
  /** Time of the login, where the fault decides how long it takes: seconds. */
  readonly timeoutSeconds?: number
  put(laboratory: Laboratory, leg: Leg, repetition: Repetition): void
}

/** What a misbehaving server has to work with. */
export interface Situation {
  readonly leg: Leg
  readonly request: ReceivedRequest
  readonly elsewhere: SandboxServer
  /** Tells that nothing more will come. */
  readonly stall: () => void
}

export type Misbehaviour = (response: ServerResponse, situation: Situation) => void

export const times = (repetition: Repetition): number => (repetition === 'once' ? 1 : Number.POSITIVE_INFINITY)

/** A fault that shows when a request has arrived: something else happens in place of the answer. */
export function misbehaving(name: string, misbehave: Misbehaviour, more: Omit<Fault, 'name' | 'put'> = {}): Fault {
  return {
    name,
    ...more,
    put(laboratory, leg, repetition) {
      const { servers, elsewhere } = laboratory
      const server = servers[leg]
      let left = times(repetition)
      server.before = ({ url: target = '' }, response) => {
        const request = server.requests.findLast(({ path }) => path === target)
        if (legOf(target) !== leg || left === 0 || request === undefined) return false
        left -= 1
        misbehave(response, { leg, request, elsewhere, stall: () => laboratory.onStall?.() })
        return true
      }
    },
  }
}

/** All that a client sent, with what a runner would obey: a server may put it into its answer. */
export const echo = ({ request }: Situation): string =>
  `${request.headers.authorization ?? ''} ${request.body}\n::error::obeyed\r\n##[add-mask]obeyed`
