// A sealed message taken apart and put together again, so that tests can change one part of it.

import assert from 'node:assert/strict'
import {
  contextConstructed,
  DerReader,
  derOfBer,
  element,
  explicit,
  integer,
  octetString,
  oid,
  sequence,
  TAG,
} from '../src/asn1/index.ts'
import type { OpenOptions } from '../src/cms/index.ts'
import type { PkiErrorCode } from '../src/errors/index.ts'
import { hasCode } from '../src/errors/index.ts'
import { open } from './sealing.ts'

export interface SealedParts {
  /** OID of the structure. */
  structure: string
  version: number
  /** RecipientInfo, DER each. */
  recipients: Uint8Array[]
  contentType: string
  /** AlgorithmIdentifier, DER. */
  cipher: Uint8Array
  /** The element `[0]`, DER; undefined when there is none. */
  content: Uint8Array | undefined
  /** authAttrs or unprotectedAttrs, the element `[1]`. */
  attributes: Uint8Array | undefined
  /** The OCTET STRING. */
  mac: Uint8Array | undefined
}

export const AUTH_ENVELOPED = '1.2.840.113549.1.9.16.1.23'
export const ENVELOPED = '1.2.840.113549.1.7.3'

export const takeApart = (sealed: Uint8Array): SealedParts =>
  DerReader.whole(derOfBer(sealed, 'message'), 'message', (reader) =>
    reader.sequence((info) => {
      const structure = info.oid()
      return info.explicit(0, (inner) =>
        inner.sequence((fields) => {
          const version = fields.smallInteger()
          const recipients = fields.constructed(TAG.set, (set) => set.list((one) => one.element()))
          const encrypted = fields.sequence((content) => ({
            contentType: content.oid(),
            cipher: content.element(),
            content: content.done ? undefined : content.element(),
          }))
          const attributes = fields.optional(contextConstructed(1), (one) => one.element())
          const mac = fields.optional(TAG.octetString, (one) => one.element())
          return { structure, version, recipients, ...encrypted, attributes, mac }
        }),
      )
    }),
  )

const putTogether = (parts: SealedParts): Uint8Array =>
  sequence(
    oid(parts.structure),
    explicit(
      0,
      sequence(
        integer(parts.version),
        element(TAG.set, ...parts.recipients),
        sequence(oid(parts.contentType), parts.cipher, ...(parts.content ? [parts.content] : [])),
        ...(parts.attributes ? [parts.attributes] : []),
        ...(parts.mac ? [parts.mac] : []),
      ),
    ),
  )

/** The same message with some parts changed. */
export const changed = (sealed: Uint8Array, change: (parts: SealedParts) => Partial<SealedParts>): Uint8Array => {
  const parts = takeApart(sealed)
  return putTogether({ ...parts, ...change(parts) })
}

/** What a SEQUENCE, or what stands for one, consists of, DER each. */
export const elementsOf = (der: Uint8Array): Uint8Array[] =>
  DerReader.whole(der, 'part', (reader) => reader.constructed(der[0]!, (all) => all.list((one) => one.element())))

/** The same with its elements changed. */
export const withElements = (der: Uint8Array, change: (elements: Uint8Array[]) => Uint8Array[]): Uint8Array =>
  element(der[0]!, ...change(elementsOf(der)))

/** The message with the last element of each recipient, the encrypted key, replaced. */
export const withKey = (sealed: Uint8Array, key: Uint8Array): Uint8Array =>
  changed(sealed, ({ recipients }) => ({
    recipients: recipients.map((one) => withElements(one, (all) => [...all.slice(0, -1), octetString(key)])),
  }))

/** The same with another element replaced. */
export const withAlgorithm = (sealed: Uint8Array, place: number, algorithm: Uint8Array): Uint8Array =>
  changed(sealed, ({ recipients }) => ({
    recipients: recipients.map((one) => withElements(one, (all) => all.with(place, algorithm))),
  }))

export const refused = (
  sealed: Uint8Array,
  options: OpenOptions,
  code: PkiErrorCode,
  message: string = code,
): Promise<void> => assert.rejects(open(sealed, options), (error) => hasCode(error, code), message)

/** CompressedData (RFC 3274) around what zlib made, or around what it did not. */
export const compressedData = (zlib: Uint8Array): Uint8Array =>
  sequence(
    oid('1.2.840.113549.1.9.16.1.9'),
    explicit(
      0,
      sequence(
        integer(0),
        sequence(oid('1.2.840.113549.1.9.16.3.8')),
        sequence(oid('1.2.840.113549.1.7.1'), explicit(0, octetString(zlib))),
      ),
    ),
  )
