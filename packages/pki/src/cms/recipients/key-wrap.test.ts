// AES key wrap whose AlgorithmIdentifier ends with NULL, as old programs wrote it (RFC 3565 §2.3.2 wants it absent).

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import { changed, elementsOf, takeApart, withElements } from '../../../test/sealed-parts.ts'
import { CONTENT, ec, kem, sealedFor } from '../../../test/sealed-scene.ts'
import { keyOf, open, to } from '../../../test/sealing.ts'
import { KEY_WRAPS, readPublicKey } from '../../algorithms/index.ts'
import {
  bitString,
  contentOf,
  element,
  explicit,
  implicitConstructed,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { pemEncode } from '../../bytes/index.ts'
import {
  agree,
  exportPrivateKey,
  generateKeyPair,
  randomBytes,
  unwrapKey,
  wrapKey,
  x963Kdf,
} from '../../crypto/index.ts'
import { writeIdentifier } from '../certificate-identifier.ts'

const WRAP = KEY_WRAPS.at(-1)!
const withNull = sequence(oid(WRAP.oid), nullValue())
const key = randomBytes(32)
const identifier = randomBytes(8)
const forSecret = await sealedFor({ kind: 'secret-key', key, identifier }, { cipher: 'AES-256-CBC' })
const wrapped = contentOf(elementsOf(takeApart(forSecret).recipients[0]!).at(-1)!)
const contentKey = await unwrapKey(WRAP, key, wrapped)

test('a key that both agreed upon, wrapped under an identifier with NULL, is unwrapped as openssl does', async (t) => {
  const { certificate, keys } = ec
  const ephemeral = await generateKeyPair('ec-p256')
  const secret = await agree(ephemeral.privateKey, certificate.publicKey.spki)
  // The identifier goes into the derivation as it stands, with its NULL.
  const shared = sequence(withNull, explicit(2, octetString(Uint8Array.of(0, 0, 1, 0))))
  const kek = await x963Kdf('SHA-256', secret, shared, WRAP.keyLength)
  const recipient = implicitConstructed(
    1,
    integer(3),
    explicit(
      0,
      implicitConstructed(
        1,
        sequence(oid(certificate.publicKey.oid)),
        bitString(readPublicKey(ephemeral.publicKey).keyBits),
      ),
    ),
    sequence(oid('1.3.132.1.11.1'), withNull),
    sequence(sequence(writeIdentifier(certificate), octetString(await wrapKey(WRAP, kek, contentKey)))),
  )
  const message = changed(forSecret, () => ({ recipients: [recipient] }))
  const peer = bench(t, 'openssl')
  if (peer) {
    peer.write('message.der', message)
    peer.write('key.pem', pemEncode('PRIVATE KEY', await exportPrivateKey(keys.privateKey)))
    peer.write('certificate.pem', pemEncode('CERTIFICATE', certificate.der))
    const how = ['-inform', 'DER', '-in', 'message.der', '-inkey', 'key.pem', '-recip', 'certificate.pem']
    const opened = peer.run('openssl', 'cms', '-decrypt', ...how, '-binary', '-out', 'out')
    assert.ok(opened.ok, opened.text)
    assert.ok(Buffer.from(CONTENT).equals(peer.read('out')))
  }
  assert.deepEqual((await open(message, { keys: [keyOf(ec)] })).content, CONTENT)
})

test('so is a key under one that both have; what else stands after the identifier is refused', async () => {
  const wrappedBy = (wrap: Uint8Array): Uint8Array =>
    changed(forSecret, ({ recipients }) => ({
      recipients: recipients.map((one) => withElements(one, (all) => all.with(2, wrap))),
    }))
  const secretKeys = [{ identifier, key }]
  assert.deepEqual((await open(wrappedBy(withNull), { secretKeys })).content, CONTENT)
  for (const rest of [integer(0), element(0x05, Uint8Array.of(0))]) {
    await assert.rejects(open(wrappedBy(sequence(oid(WRAP.oid), rest)), { secretKeys }), { code: 'der_malformed' })
  }
})

test('an identifier of an encapsulated key that was given a NULL on the way makes another key of it', async () => {
  const sealed = await sealedFor(to(kem))
  const altered = changed(sealed, ({ recipients }) => ({
    recipients: recipients.map((one) =>
      withElements(one, ([type, value]) => [type!, withElements(value!, (all) => all.with(-2, withNull))]),
    ),
  }))
  await assert.rejects(open(altered, { keys: [keyOf(kem)] }), { code: 'decryption_failed' })
})
