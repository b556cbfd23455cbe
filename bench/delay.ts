import type { Interceptor } from '../sandbox/http-server.ts'

/** Holds each answer of a server back for so long: what is written goes out with its end. */
export const delayAnswers =
  (ms: number): Interceptor =>
  (_request, response) => {
    if (ms === 0) return false
    const end = response.end.bind(response)
    const late: typeof response.end = (...written: unknown[]) => {
      setTimeout(() => Reflect.apply(end, undefined, written), ms)
      return response
    }
    response.end = late
    return false
  }
