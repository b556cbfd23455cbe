import { expect, test } from 'vitest'
import { jsonObject } from '../../src/http/json-answer.ts'
import type { HttpAnswer } from '../../src/http/request.ts'
import { membersIn } from '../../src/json.ts'
import { failureOf } from '../support/failures.ts'

const answer = (body: string, contentType = 'application/json'): HttpAnswer => ({
  request: { purpose: 'Token exchange', method: 'POST', url: new URL('https://host.example:8443/token') },
  status: 200,
  contentType,
  body,
})

const EXPECTED = 'Token exchange: a JSON object was expected of host.example:8443, which sent'

test('the members are as they were sent, and those that are not read are not there', () => {
  const sent = answer(' {"a": [1, null], "b": {"c": "ü"}, "d": 1, "__proto__": 2} ')
  expect(jsonObject(sent, { a: true, b: { c: true }, e: true })).toEqual({
    a: [1, null],
    b: { c: 'ü' },
  })
})

test.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json \t; charset=utf-8',
  'application/problem+json',
  'application/vnd.some-thing_1.x+json; profile=y',
])('%s is JSON', (contentType) => {
  expect(jsonObject(answer('{}', contentType), {})).toEqual({})
})

test.each([
  'text/html',
  'text/json',
  'application/jsonp',
  'application/json-seq',
  'application/json charset=utf-8',
  'application/+json',
  'application/a/b+json',
  'application/xjson',
  'application/problem+',
  'x-application/json',
])('%s is not', async (contentType) => {
  const { message, serverText } = await failureOf(() => jsonObject(answer('{}', contentType), {}))
  expect([message, serverText]).toEqual([`${EXPECTED} another content type.`, contentType])
})

test.each([
  ['no content type', '{}', ''],
  ['something else', '<html>', undefined],
  ['something else', '', undefined],
  ['something else', '{"a":1}{', undefined],
  ['null', 'null', undefined],
  ['an array', '[{"a":1}]', undefined],
  ['string', '"{}"', undefined],
  ['number', '1', undefined],
  ['boolean', 'true', undefined],
])('refused, as %s: %s', async (found, body, contentType) => {
  const { code, message, serverText } = await failureOf(() => jsonObject(answer(body, contentType), {}))
  expect([code, message, serverText]).toEqual(['ANSWER_INVALID', `${EXPECTED} ${found}.`, undefined])
})

test('the content type goes first: what a login page holds is nobody’s business', async () => {
  const { message } = await failureOf(() => jsonObject(answer('<html>', 'text/html'), {}))
  expect(message).toBe(`${EXPECTED} another content type.`)
})

test('the code is that of the leg, the advice the same for each', async () => {
  const { code, advice } = await failureOf(() => jsonObject(answer('[]'), {}, 'METADATA_INVALID'))
  expect([code, advice]).toEqual([
    'METADATA_INVALID',
    'Something between the runner and that host may answer in its place: check host and proxy.',
  ])
})

test.each([
  ['{"a":1}', { a: 1 }],
  ['["a"]', {}],
  ['"text"', {}],
  ['null', {}],
  ['{', {}],
  ['', {}],
])('the members of %j', (text, members) => {
  expect(membersIn(text, { a: true })).toEqual(members)
})
