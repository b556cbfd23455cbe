import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import { stepLog } from '../../src/runner/log.ts'
import { createRedaction } from '../../src/runner/redaction.ts'
import { printable } from '../../src/text.ts'
import { commandsIn } from '../faults/sinks.ts'
import { anyCharacter } from '../support/any-character.ts'
import { hostileText, secrets } from './hostile.ts'
import { leakedLines } from './login.ts'
import { runs, timeFor } from './runs.ts'

test('no line of the log is a command that was not meant, or holds a secret', { timeout: timeFor() }, () => {
  const property = fc.property(hostileText, hostileText, (one, other) => {
    let printed = ''
    const log = stepLog({ RUNNER_DEBUG: '1' }, (text) => {
      printed += text
    })
    for (const secret of Object.values(secrets)) log.mask(secret)
    log.info(one)
    log.notice(one)
    log.warning(other)
    log.debug(one)
    log.fail(new ActionError('UNEXPECTED', one, { serverText: other, advice: one }))
    const meant = { 'add-mask': 4, notice: 1, warning: 1, debug: 1, error: 1 }
    expect(commandsIn(printed)).toEqual(meant)
    expect(leakedLines(printed)).toEqual([])
    // Each call printed whole lines.
    expect(printed.split('\n')).toHaveLength(4 + 5 + 1)
  })
  fc.assert(property, runs())
})

test('a secret of any text is taken out, wherever it stands', { timeout: timeFor() }, () => {
  // A star could be the end of a mask.
  const secret = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 40 }).filter((text) => !text.includes('*'))
  const property = fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), hostileText, (known, text) => {
    const { add, redact } = createRedaction()
    for (const one of known) add(one)
    const clean = redact(`${text}${known.join('')}${text}${known.toReversed().join(text)}`)
    for (const one of known) expect(clean).not.toContain(one)
  })
  fc.assert(property, runs())
})

test('a secret is known in the encodings in which it may come back', { timeout: timeFor() }, () => {
  const secret = fc.string({ unit: 'binary-ascii', minLength: 12, maxLength: 60 }).filter((text) => !/\*/.test(text))
  const property = fc.property(secret, hostileText, (known, around) => {
    const { add, redact } = createRedaction()
    add(known)
    const whole = `${around}${known}${around}`
    const forms = [
      encodeURIComponent(known.toWellFormed()),
      encodeURIComponent(known).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      new URLSearchParams({ '': known }).toString().slice(1),
      JSON.stringify(known).slice(1, -1),
    ]
    for (const form of forms) expect(redact(`<${form}>`)).toBe('<***>')
    // In base64 the first and the last characters depend on what stands around.
    for (const encoding of ['base64', 'base64url'] as const) {
      const encoded = Buffer.from(whole).toString(encoding)
      const left = redact(encoded).replaceAll('***', '')
      expect(encoded.length - left.length).toBeGreaterThan(Buffer.from(known).length)
    }
  })
  fc.assert(property, runs(0.5))
})

test('quoted text is one short line', { timeout: timeFor() }, () => {
  const property = fc.property(fc.oneof(hostileText, fc.string({ unit: anyCharacter, maxLength: 900 })), (text) => {
    const line = printable(text)
    expect(line.length).toBeLessThanOrEqual(502)
    expect(line).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
  })
  fc.assert(property, runs())
})
