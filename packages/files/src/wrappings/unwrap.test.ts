import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemEncode, toBase64, utf8 } from '@scel/pki/bytes'
import { unwrap } from './unwrap.ts'

const CMS = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05)

test('what is wrapped comes out as it was', () => {
  const base64 = toBase64(CMS)
  const mail = `MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`
  for (const [wrapping, text] of [
    ['pem', pemEncode('CMS', CMS)],
    ['base64', `${base64.slice(0, 4)}\r\n${base64.slice(4)}\n`],
    ['mail', mail],
  ] as const)
    assert.deepEqual(unwrap(utf8(text), wrapping), CMS, wrapping)
})

test('damaged text is refused, each form with its own code', () => {
  const refused = (wrapping: 'pem' | 'base64' | 'mail', text: string, code: string): void =>
    assert.throws(() => unwrap(utf8(text), wrapping), { code }, text)
  refused('pem', '-----BEGIN CMS-----\nMAM', 'pem_malformed')
  refused('base64', 'MAMCA', 'encoding_malformed')
  refused('mail', 'Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n', 'mime_malformed')
})

test('PEM is one block: a second one, or any text around it, was not signed by whoever signed the first', () => {
  const pem = pemEncode('CMS', CMS)
  const [begin, end] = ['-----BEGIN CMS-----', '-----END CMS-----']
  assert.deepEqual(unwrap(utf8(`\r\n${pem.replaceAll('\n', '\r\n')}\r\n \r\n`), 'pem'), CMS)
  for (const text of [
    `${pem}${pem}`,
    `${pem}I owe you a million.\n`,
    `${pem}I owe you a million.\n${end}\n`,
    `${pem.trimEnd()} a million\n`,
    `I owe you a million.\n${pem}`,
    `${begin} a million\n${pem}`,
  ])
    assert.throws(() => unwrap(utf8(text), 'pem'), { code: 'pem_malformed' }, text)
})
