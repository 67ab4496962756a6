import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSecureContext } from 'node:tls'
import { PASSPHRASE, pkcs12Scene } from '../../test/pkcs12-scene.ts'

// Node's own reader is OpenSSL 3.5, the first of our peers that knows PBMAC1.
for (const kind of ['modern', 'compatible', 'pbmac1'] as const) {
  test(`Node takes our ${kind} file for TLS, and no other passphrase`, async () => {
    const { file } = await pkcs12Scene()
    const pfx = Buffer.from(await file(kind))
    assert.ok(createSecureContext({ pfx, passphrase: PASSPHRASE }))
    assert.throws(() => createSecureContext({ pfx, passphrase: 'wrong' }), /mac verify failure/i)
  })
}
