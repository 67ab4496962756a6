import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hasCode } from '../errors/index.ts'
import { pemDecode, pemEncode } from './index.ts'

const DER = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05)

test('what is written is read back the same, several blocks in order', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }), (all) => {
      const text = all.map((der) => pemEncode('CERTIFICATE', der)).join('a line between\n')
      assert.deepEqual(
        pemDecode(text).map((block) => block.der),
        all,
      )
    }),
  )
})

test('lines are 64 characters long at most, and other line ends and widths are read', () => {
  const text = pemEncode('X509 CRL', new Uint8Array(200))
  assert.ok(text.split('\n').every((line) => line.length <= 64))
  assert.deepEqual(pemDecode(text.replaceAll('\n', '\r\n'))[0], { label: 'X509 CRL', der: new Uint8Array(200) })
})

test('what is not exactly PEM is refused', () => {
  const good = pemEncode('CERTIFICATE', DER)
  const bad = {
    empty: '',
    'no block': 'hello',
    'no end': good.slice(0, 40),
    'another end': good.replace('END CERTIFICATE', 'END PRIVATE KEY'),
    'not base64': good.replace('MAMC', 'MA*C'),
    headers: good.replace('MAMC', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n\nMAMC'),
    'begin inside': good.replace('MAMC', '-----BEGIN CERTIFICATE-----\nMAMC'),
  }
  for (const [what, text] of Object.entries(bad)) {
    assert.throws(
      () => pemDecode(text),
      (error) => hasCode(error, 'pem_malformed'),
      what,
    )
  }
})
