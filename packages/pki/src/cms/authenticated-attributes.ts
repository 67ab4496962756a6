// Attributes that a tag or code covers (RFC 5083 §2.1, RFC 5652 §9.2): a SET, authenticated as DER whatever form it
// came in.

import { contextConstructed, DerReader, oid, sequence, setOf } from '../asn1/index.ts'
import { equal } from '../bytes/index.ts'
import { fail } from '../errors/index.ts'
import { DATA } from './oids.ts'

export interface AuthenticatedAttributes {
  /** SET OF Attribute, DER. */
  readonly der: Uint8Array
  /** The one value that an attribute has, DER; undefined when it is not there. */
  value(dotted: string): Uint8Array | undefined
}

/** Reads `[number] IMPLICIT SET OF Attribute`. @throws cms_malformed for an attribute that is there twice */
export function readAuthenticatedAttributes(element: Uint8Array, number: number): AuthenticatedAttributes {
  const all = DerReader.whole(element, 'authAttrs', (reader) =>
    reader.constructed(contextConstructed(number), (set) =>
      set.list((item) => {
        const der = item.element()
        return { der, ...readAttribute(der) }
      }),
    ),
  )
  if (all.length === 0) fail('cms_malformed', { what: 'authAttrs' })
  return {
    der: setOf(...all.map(({ der }) => der)),
    value(dotted) {
      const found = all.filter((one) => one.dotted === dotted)
      if (found.length === 0) return undefined
      const [value, ...more] = found.flatMap(({ values }) => values)
      return value && more.length === 0 && found.length === 1 ? value : fail('cms_malformed', { what: 'authAttrs' })
    },
  }
}

/**
 * Other content than id-data must be named by an attribute (RFC 5083 §2.1), since nothing else protects its type; where
 * it is named, both say the same.
 */
export function checkContentType(contentType: string, attributes: AuthenticatedAttributes | undefined): void {
  const said = attributes?.value(CONTENT_TYPE)
  const right = said ? equal(said, oid(contentType)) : contentType === DATA
  if (!right) fail('cms_malformed', { what: 'content-type' })
}

/** The set that seals content of another type than id-data. */
export const contentTypeAttribute = (contentType: string): Uint8Array =>
  setOf(sequence(oid(CONTENT_TYPE), setOf(oid(contentType))))

const readAttribute = (der: Uint8Array): { dotted: string; values: readonly Uint8Array[] } =>
  DerReader.whole(der, 'Attribute', (reader) =>
    reader.sequence((fields) => ({ dotted: fields.oid(), values: fields.setOf((one) => one.element()) })),
  )

export const CONTENT_TYPE = '1.2.840.113549.1.9.3'
export const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
