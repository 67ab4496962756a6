// KEKRecipientInfo (RFC 5652 §6.2.3): a key that both sides have had before wraps the key of the content.

import { KEY_WRAPS } from '../../algorithms/index.ts'
import {
  contextConstructed,
  DerReader,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { unwrapKey, wrapKey } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import type { SecretKeyRecipient } from '../seal-options.ts'
import type { FoundRecipient } from './found.ts'
import { alike } from './found.ts'
import { readWrap } from './key-wrap.ts'

export function readSecretKey(der: Uint8Array): FoundRecipient {
  const { identifier, algorithm, encrypted } = DerReader.whole(der, 'KEKRecipientInfo', (reader) =>
    reader.constructed(contextConstructed(2), (fields) => {
      if (fields.smallInteger() !== 4) fields.malformed()
      return {
        identifier: fields.sequence((kekId) => {
          const octets = kekId.octetString()
          kekId.list((rest) => rest.element()) // date and other attributes
          return octets
        }),
        algorithm: fields.element(),
        encrypted: fields.octetString(),
      }
    }),
  )
  const dotted = oidOf(algorithm)
  const name = KEY_WRAPS.find((row) => row.oid === dotted)?.name ?? dotted
  return {
    facts: Object.freeze({ kind: 'secret-key', algorithm: name, keyIdentifier: identifier }),
    by: 'secret-key',
    identifier,
    contentKey: async (key) => alike(unwrapKey(readWrap(algorithm), key, encrypted)),
  }
}

export async function writeSecretKey(recipient: SecretKeyRecipient, contentKey: Uint8Array): Promise<Uint8Array> {
  const { identifier, key } = recipient
  const wrap = KEY_WRAPS.find(({ keyLength }) => keyLength === key.length) ?? fail('key_mismatch', { what: 'AES-KW' })
  return implicitConstructed(
    2,
    integer(4),
    sequence(octetString(identifier)),
    sequence(oid(wrap.oid)),
    octetString(await wrapKey(wrap, key, contentKey)),
  )
}
