import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { refused } from '../../../../test/rules-desk.ts'
import { parseJson } from './json-body.ts'

const parse = (body: string | Uint8Array): Promise<unknown> => parseJson({} as FastifyRequest, Buffer.from(body))
const is = (what: string, where = 'body') => refused('input_invalid', { where, what })

test('no body is no value, and its bytes are kept as they came', async () => {
  assert.equal(await parse(''), undefined)
  const request = {} as FastifyRequest
  const bytes = Buffer.from(' {"a":1}')
  assert.deepEqual(await parseJson(request, bytes), { a: 1 })
  assert.equal(request.rawBody, bytes)
})

test('what is not UTF-8 or not JSON is told as such', async () => {
  await assert.rejects(parse(Uint8Array.of(0x22, 0xff, 0x22)), is('not_utf8'))
  for (const body of ['{', '[1,]', '"', '"\\', ' ', '\ufeff{}']) await assert.rejects(parse(body), is('not_json'))
})

test('a body is as deep as 32, whatever opens and closes beside it', async () => {
  const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`
  assert.ok(await parse(nested(32)))
  await assert.rejects(parse(`[${nested(32)}]`), is('too_deep'))
  for (const one of ['[]', '{}']) assert.ok(await parse(`[${Array(40).fill(one).join(',')}]`))
})

test('a body has as many as 5,000 values, and what stands in a text is none', async () => {
  const list = (count: number, item = '1'): string => `[${Array(count).fill(item).join(',')}]`
  assert.equal(((await parse(list(4_999))) as unknown[]).length, 4_999)
  await assert.rejects(parse(list(5_000)), is('too_long'))
  assert.ok(await parse(list(2_499, '[]')))
  await assert.rejects(parse(list(2_500, '[]')), is('too_long'))
  assert.ok(await parse(`${list(2_498, '[]').slice(0, -1)},[[]]]`))
  await assert.rejects(parse(`${list(2_499, '[]').slice(0, -1)},[[]]]`), is('too_long'))
  const text = `\\",[{${','.repeat(9_000)}`
  assert.deepEqual(await parse(`{"a":${JSON.stringify(text)},"b":"${'x'.repeat(9_000)}"}`), {
    a: text,
    b: 'x'.repeat(9_000),
  })
})

test('CWE-1321: a field that would become a prototype is refused, however it is written and wherever it stands', async () => {
  for (const name of ['__proto__', '\\u005f_proto__', '__prot\\u006f__']) {
    await assert.rejects(parse(`{"a":[{"${name}":{"role":"administrator"}}]}`), is('unknown_field', 'body/__proto__'))
  }
  assert.deepEqual(await parse('{"a":"__proto__"}'), { a: '__proto__' })
  assert.deepEqual(await parse('{"\\u0061":"\\u005f"}'), { a: '_' })
})
