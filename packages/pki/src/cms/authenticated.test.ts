// AuthenticatedData (RFC 5652 §9). No program here writes it, so the messages are put together by hand.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyOf, open, receiver } from '../../test/sealing.ts'
import { KEY_WRAPS } from '../algorithms/index.ts'
import { explicit, implicitConstructed, integer, octetString, oid, sequence, setOf } from '../asn1/index.ts'
import { utf8 } from '../bytes/index.ts'
import { digest, hmac, randomBytes, wrapKey } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode } from '../errors/index.ts'
import { describeSealed } from './index.ts'
import { writeKeyTransport } from './recipients/key-transport.ts'

const CONTENT = utf8('seen by all, changed by nobody')
const DATA = '1.2.840.113549.1.7.1'
const secret = { identifier: utf8('june'), key: randomBytes(32) }
const macKey = randomBytes(32)

interface Wish {
  readonly content?: Uint8Array
  readonly attributes?: readonly Uint8Array[]
  /** Of the attributes as a SET, or of the content. */
  readonly code?: Uint8Array
  /** RecipientInfo. */
  readonly recipient?: Uint8Array
  /** Whether the digest of the content is said. */
  readonly digested?: boolean
}

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(oid(type), setOf(value))
const contentType = attribute('1.2.840.113549.1.9.3', oid(DATA))
const messageDigest = attribute('1.2.840.113549.1.9.4', octetString(await digest('SHA-256', CONTENT)))

async function message(wish: Wish): Promise<Uint8Array> {
  const { content = CONTENT, attributes, code, digested = attributes !== undefined } = wish
  const covered = attributes ? setOf(...attributes) : CONTENT
  const recipient =
    wish.recipient ??
    implicitConstructed(
      2,
      integer(4),
      sequence(octetString(secret.identifier)),
      sequence(oid(KEY_WRAPS[2]!.oid)),
      octetString(await wrapKey(KEY_WRAPS[2]!, secret.key, macKey)),
    )
  const fields = [
    integer(0),
    setOf(recipient),
    sequence(oid('1.2.840.113549.2.9')),
    ...(digested ? [implicitConstructed(1, oid('2.16.840.1.101.3.4.2.1'))] : []),
    sequence(oid(DATA), explicit(0, octetString(content))),
    ...(attributes ? [implicitConstructed(2, ...attributes)] : []),
    octetString(code ?? (await hmac('SHA-256', macKey, covered))),
  ]
  return sequence(oid('1.2.840.113549.1.9.16.1.2'), explicit(0, sequence(...fields)))
}

test('the code over the content, or over attributes that hold its digest, is checked', async () => {
  for (const wish of [{}, { attributes: [contentType, messageDigest] }, { attributes: [messageDigest, contentType] }]) {
    const sealed = await message(wish)
    const { content, structure, authenticated, recipient } = await open(sealed, { secretKeys: [secret] })
    assert.deepEqual([content, structure, authenticated], [CONTENT, 'authenticatedData', true])
    assert.equal(recipient?.kind, 'secret-key')
    const told = await describeSealed(
      (async function* () {
        yield sealed
      })(),
    )
    assert.deepEqual([told.structure, told.contentType, told.recipients.length], ['authenticatedData', DATA, 1])
  }
})

test('another content, code or digest, and attributes that are missing or not covered, are refused', async () => {
  const both = [contentType, messageDigest]
  const otherDigest = attribute('1.2.840.113549.1.9.4', octetString(await digest('SHA-256', utf8('other'))))
  const otherType = attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.2'))
  const cases: readonly (readonly [what: string, wish: Wish, code: PkiErrorCode])[] = [
    ['content', { content: utf8('other') }, 'decryption_failed'],
    ['content under attributes', { content: utf8('other'), attributes: both }, 'decryption_failed'],
    ['code', { code: randomBytes(32) }, 'decryption_failed'],
    ['a shorter code', { code: (await hmac('SHA-256', macKey, CONTENT)).slice(0, 16) }, 'decryption_failed'],
    ['digest', { attributes: [contentType, otherDigest] }, 'decryption_failed'],
    ['no digest', { attributes: [contentType] }, 'cms_malformed'],
    ['two digests', { attributes: [...both, otherDigest] }, 'cms_malformed'],
    ['type', { attributes: [otherType, messageDigest] }, 'cms_malformed'],
    ['attributes without a digest algorithm', { attributes: both, digested: false }, 'cms_malformed'],
    ['a digest algorithm without attributes', { digested: true }, 'cms_malformed'],
    ['no attributes at all', { attributes: [] }, 'cms_malformed'],
  ]
  for (const [what, wish, code] of cases) {
    await assert.rejects(open(await message(wish), { secretKeys: [secret] }), (error) => hasCode(error, code), what)
  }
})

test('a key that is too short to authenticate anything is refused', async () => {
  const holder = await receiver('rsa-2048')
  const short = randomBytes(8)
  const recipient = await writeKeyTransport({ kind: 'certificate', certificate: holder.certificate }, short)
  const sealed = await message({ recipient, code: await hmac('SHA-256', short, CONTENT) })
  await assert.rejects(open(sealed, { keys: [keyOf(holder)] }), (error) => hasCode(error, 'decryption_failed'))
})
