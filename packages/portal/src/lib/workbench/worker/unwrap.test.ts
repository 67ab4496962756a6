import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwrap } from './unwrap.ts'

test('what is wrapped comes out under the name of the file', async () => {
  const inner = await unwrap({ file: new File(['MAMC\nAQU='], 'smime.p7m'), wrapping: 'base64' })
  assert.deepEqual(new Uint8Array(await inner.arrayBuffer()), Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05))
  assert.equal(inner.name, 'smime.p7m')
})

test('what the library would not read whole is refused before it is read', async () => {
  const large = { size: 97 * 1024 * 1024, name: 'large.pem' } as File
  await assert.rejects(unwrap({ file: large, wrapping: 'pem' }), {
    code: 'input_too_large',
    facts: { what: 'large.pem', limit: 96 * 1024 * 1024 },
  })
})
