// Time stamps for signatures that are there already (RFC 3161 appendix A).

import { DerReader, derOfBer, explicit, oid, sequence, setOf, TAG } from '../asn1/index.ts'
import { digest } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { attribute, attributeSet } from './attributes/attribute.ts'
import { TIME_STAMP_TOKEN } from './attributes/oids.ts'
import { SIGNED_DATA } from './oids.ts'
import type { SignOptions } from './signed/sign-options.ts'
import { readSignerInfo, tagged } from './signed/signer-info.ts'

/**
 * SignedData, DER or BER, with one more time stamp on each of its signatures: DER. Nothing that was signed changes, and
 * stamps that were there stay. It is done in memory, so content inside may be 16 MiB long.
 * @throws signature_missing when nobody signed; cms_malformed, der_malformed, der_too_deep, input_too_large; what `stamp`
 *   throws
 * @example
 * const signature = await signBytes(utf8('a text'), { signers: [sample.person], at: sample.at })
 * const asked: number[] = []
 * const stamped = await stampSignatures(signature, async ({ value }) => {
 *   asked.push(value.length) // octets of SHA-256
 *   return fromHex('3000') // what a service answers
 * })
 * assert.deepEqual(asked, [32])
 * assert.ok(stamped.length > signature.length)
 */
export async function stampSignatures(
  signed: Uint8Array,
  stamp: NonNullable<SignOptions['stamp']>,
): Promise<Uint8Array> {
  const parts = partsOf(derOfBer(signed, 'ContentInfo'))
  const last = parts.at(-1)
  // version, digestAlgorithms, content, certificates and lists, and at the end the signatures (RFC 5652 §5.1)
  if (parts.length < 4 || last?.tag !== TAG.set) return fail('cms_malformed', { what: 'SignedData' })
  const infos = elementsOf(last.der, TAG.set)
  if (infos.length === 0) fail('signature_missing', {})
  const stamped: Uint8Array[] = []
  for (const { der } of infos) stamped.push(await withStamp(der, stamp))
  const others = parts.slice(0, -1).map(({ der }) => der)
  return sequence(oid(SIGNED_DATA), explicit(0, sequence(others, setOf(stamped))))
}

async function withStamp(info: Uint8Array, stamp: NonNullable<SignOptions['stamp']>): Promise<Uint8Array> {
  const { signature, unsigned } = readSignerInfo(info)
  const token = await stamp({ digest: 'SHA-256', value: await digest('SHA-256', signature) })
  const added = attribute(TIME_STAMP_TOKEN, derOfBer(token, 'TimeStampToken'))
  const fields = elementsOf(info, TAG.sequence)
  const kept = unsigned.length > 0 ? fields.slice(0, -1) : fields
  return sequence(
    kept.map(({ der }) => der),
    tagged(1, attributeSet([...unsigned, added])),
  )
}

interface Part {
  readonly tag: number | undefined
  readonly der: Uint8Array
}

const part = (reader: DerReader): Part => ({ tag: reader.tag, der: reader.element() })

const partsOf = (der: Uint8Array): readonly Part[] =>
  DerReader.whole(
    der,
    'SignedData',
    (reader) =>
      reader.sequence((info) => {
        if (info.oid() !== SIGNED_DATA) fail('cms_malformed', { what: 'content type' })
        return info.explicit(0, (inner) => inner.sequence((fields) => fields.list(part)))
      }),
    { maxBytes: der.length },
  )

const elementsOf = (der: Uint8Array, tag: number): readonly Part[] =>
  DerReader.whole(der, 'SignedData', (reader) => reader.constructed(tag, (inner) => inner.list(part)), {
    maxBytes: der.length,
  })
