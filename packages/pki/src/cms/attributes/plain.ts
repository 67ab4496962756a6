// The three attributes of RFC 5652 §11.1 to §11.3, each one value of a plain type.

import { DerReader, octetString, oid, time } from '../../asn1/index.ts'
import type { Attribute } from '../../x509/index.ts'
import { attribute } from './attribute.ts'
import { CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME } from './oids.ts'

export const contentTypeAttribute = (dotted: string): Attribute => attribute(CONTENT_TYPE, oid(dotted))
export const messageDigestAttribute = (digest: Uint8Array): Attribute => attribute(MESSAGE_DIGEST, octetString(digest))
/** UTCTime until 2049, as certificates have it; parts of a second are dropped. */
export const signingTimeAttribute = (at: Date): Attribute => attribute(SIGNING_TIME, time(at))

export const readContentType = (value: Uint8Array): string =>
  DerReader.whole(value, 'content-type', (reader) => reader.oid())
export const readMessageDigest = (value: Uint8Array): Uint8Array =>
  DerReader.whole(value, 'message-digest', (reader) => reader.octetString())
export const readSigningTime = (value: Uint8Array): Date =>
  DerReader.whole(value, 'signing-time', (reader) => reader.time())
