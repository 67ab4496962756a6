// PrivateKeyInfo and OneAsymmetricKey (RFC 5958 §2): the envelope that all kinds of private key share. Bytes only.

import {
  contextConstructed,
  contextPrimitive,
  DerReader,
  integer,
  octetString,
  sequence,
  TAG,
} from '../../asn1/index.ts'
import { keyMalformed, readingKey } from './malformed.ts'

/** What a PKCS #8 envelope holds. All byte strings are views over the input. */
export interface PrivateKeyInfo {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array
  readonly oid: string
  /** Parameters of the algorithm, DER; undefined when absent. */
  readonly parameters?: Uint8Array
  /** Content of the privateKey OCTET STRING, in the form of its algorithm. */
  readonly privateKey: Uint8Array
  /** Content of the publicKey BIT STRING of version 2. */
  readonly publicKey?: Uint8Array
}

/** @throws key_malformed */
export function readPrivateKeyInfo(der: Uint8Array): PrivateKeyInfo {
  return readingKey('PKCS #8', () => DerReader.whole(der, 'PrivateKeyInfo', (reader) => reader.sequence(readFields)))
}

/** Version 1, without attributes: what every reader knows. */
export const writePrivateKeyInfo = (algorithm: Uint8Array, privateKey: Uint8Array): Uint8Array =>
  sequence(integer(0), algorithm, octetString(privateKey))

function readFields(info: DerReader): PrivateKeyInfo {
  const version = info.smallInteger(1)
  const algorithm = info.element()
  const identifier = readIdentifier(algorithm)
  const privateKey = info.octetString()
  info.optional(contextConstructed(0), readAttributes)
  const publicKey = info.optional(contextPrimitive(1), (inner) => inner.bitString(contextPrimitive(1)))
  // "If publicKey is present, then version is set to v2 else version is set to v1."
  if ((version === 1) !== (publicKey !== undefined)) keyMalformed('PKCS #8 version')
  if (publicKey && publicKey.unusedBits !== 0) info.malformed()
  return { ...identifier, algorithm, privateKey, ...(publicKey ? { publicKey: publicKey.bytes } : {}) }
}

const readIdentifier = (algorithm: Uint8Array): Pick<PrivateKeyInfo, 'oid' | 'parameters'> =>
  DerReader.whole(algorithm, 'PrivateKeyInfo', (reader) =>
    reader.sequence((fields) => ({
      oid: fields.oid(),
      ...(fields.done ? {} : { parameters: fields.element() }),
    })),
  )

/** [0] IMPLICIT SET OF Attribute. What they say (a key usage, a friendly name) binds nobody, so it is not kept. */
function readAttributes(reader: DerReader): void {
  reader.constructed(contextConstructed(0), (attributes) => {
    attributes.list((item) =>
      item.sequence((attribute) => {
        attribute.oid()
        attribute.constructed(TAG.set, (values) => values.list((value) => value.element()))
      }),
    )
  })
}
