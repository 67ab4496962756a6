import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pemEncode, toBase64 } from '@scel/pki/bytes'
import { unwrap } from './unwrap.ts'

const CMS = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05)
const file = (text: string) => new File([text], 'smime.p7m')

test('what is wrapped comes out as it was, under the name of the file', async () => {
  const base64 = toBase64(CMS)
  const mail = `MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`
  for (const [wrapping, text] of [
    ['pem', pemEncode('CMS', CMS)],
    ['base64', `${base64.slice(0, 4)}\r\n${base64.slice(4)}\n`],
    ['mail', mail],
  ] as const) {
    const inner = await unwrap({ file: file(text), wrapping })
    assert.deepEqual(new Uint8Array(await inner.arrayBuffer()), CMS, wrapping)
    assert.equal(inner.name, 'smime.p7m')
  }
})

test('damaged text is refused, each form with its own code', async () => {
  const refused = async (wrapping: 'pem' | 'base64' | 'mail', text: string, code: string) =>
    assert.rejects(unwrap({ file: file(text), wrapping }), { code }, text)
  await refused('pem', '-----BEGIN CMS-----\nMAM', 'pem_malformed')
  await refused('base64', 'MAMCA', 'encoding_malformed')
  await refused('mail', 'Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n', 'mime_malformed')
})

test('what the library would not read whole is refused before it is read', async () => {
  const large = { size: 97 * 1024 * 1024, name: 'large.pem' } as File
  await assert.rejects(unwrap({ file: large, wrapping: 'pem' }), {
    code: 'input_too_large',
    facts: { what: 'large.pem', limit: 96 * 1024 * 1024 },
  })
})
