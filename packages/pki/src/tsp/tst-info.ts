// TSTInfo (RFC 3161 §2.4.2): what a time-stamp service signs.

import {
  boolean,
  contentOf,
  contextConstructed,
  contextPrimitive,
  DerReader,
  explicit,
  implicit,
  integer,
  oid,
  sequence,
  TAG,
} from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { Extension, GeneralName } from '../x509/index.ts'
import { readGeneralName, serialHex, writeGeneralName } from '../x509/index.ts'
import { readGenTime, writeGenTime } from './gen-time.ts'
import type { MessageImprint } from './message-imprint.ts'
import { readImprint, writeImprint } from './message-imprint.ts'
import { readTaggedExtensions, writeTaggedExtensions } from './tagged-extensions.ts'

/** Content type of a TSTInfo in CMS, id-ct-TSTInfo. */
export const TST_INFO = '1.2.840.113549.1.9.16.1.4'

/** How far the true time may be from the one stated, to either side; the parts add up. */
export interface Accuracy {
  readonly seconds?: number
  /** 1 to 999. */
  readonly millis?: number
  /** 1 to 999. */
  readonly micros?: number
}

/** What a time stamp says (RFC 3161 §2.4.2). */
export interface TstInfo {
  /** What the service promises about its stamps. */
  readonly policy: string
  readonly imprint: MessageImprint
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array
  readonly serialHex: string
  readonly genTime: Date
  readonly accuracy?: Accuracy
  /** Whether stamps of this service are ordered by genTime alone. */
  readonly ordering: boolean
  readonly nonce?: bigint
  readonly tsa?: GeneralName
  readonly extensions: readonly Extension[]
}

/** What a time stamp is made of; not ordered and without extensions unless told otherwise. */
export type TstInfoInput = Omit<TstInfo, 'serialHex' | 'ordering' | 'extensions'> &
  Partial<Pick<TstInfo, 'ordering' | 'extensions'>>

/**
 * A TSTInfo, DER: the content to be signed.
 * @throws time_stamp_malformed, time_malformed, oid_malformed, extension_duplicate
 * @example
 * const imprint = await imprintOf(sample.crl)
 * const der = buildTstInfo({ policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: sample.at })
 * assert.deepEqual(parseTstInfo(der).genTime, sample.at)
 */
export function buildTstInfo(info: TstInfoInput): Uint8Array {
  const { policy, imprint, serial, genTime, accuracy, ordering = false, nonce, tsa, extensions = [] } = info
  return sequence(
    integer(1),
    oid(policy),
    writeImprint(imprint),
    integer(serial),
    writeGenTime(genTime),
    accuracy ? [writeAccuracy(accuracy)] : [],
    ordering ? [boolean(true)] : [],
    nonce === undefined ? [] : [integer(nonce)],
    tsa ? [explicit(0, writeGeneralName(tsa))] : [],
    writeTaggedExtensions(extensions, 1),
  )
}

/**
 * Reads a TSTInfo. `genTime` has milliseconds; what is finer is dropped.
 * @throws time_stamp_malformed, time_malformed, der_malformed, algorithm_unsupported, extension_duplicate, name_malformed
 * @example
 * const imprint = await imprintOf(sample.crl)
 * const der = buildTstInfo({ policy: '1.2.3', imprint, serial: Uint8Array.of(7), genTime: sample.at })
 * assert.equal(parseTstInfo(der).serialHex, '07')
 */
export function parseTstInfo(der: Uint8Array): TstInfo {
  return DerReader.whole(der, 'TSTInfo', (reader) =>
    reader.sequence((fields) => {
      if (fields.smallInteger() !== 1) malformed('version')
      const policy = fields.oid()
      const imprint = readImprint(fields)
      const serial = fields.integerBytes()
      const genTime = readGenTime(fields.content(TAG.generalizedTime))
      const accuracy = fields.optional(TAG.sequence, (inner) => inner.sequence(readAccuracy))
      const ordering = fields.optional(TAG.boolean, (inner) => inner.boolean())
      if (ordering === false) fields.malformed() // DEFAULT FALSE is left out in DER: X.690 §11.5
      const nonce = fields.optional(TAG.integer, (inner) => inner.integer())
      // GeneralName is a CHOICE, so its tag is EXPLICIT (X.680 §31.2.7).
      const tsa = fields.optional(contextConstructed(0), (outer) => outer.explicit(0, readGeneralName))
      const extensions = readTaggedExtensions(fields, 1)
      return Object.freeze({
        ...{ policy, imprint, serial, serialHex: serialHex(serial), genTime, ordering: ordering ?? false, extensions },
        ...(accuracy ? { accuracy } : {}),
        ...(nonce === undefined ? {} : { nonce }),
        ...(tsa ? { tsa } : {}),
      })
    }),
  )
}

function readAccuracy(fields: DerReader): Accuracy {
  const seconds = fields.optional(TAG.integer, (inner) => inner.smallInteger())
  const millis = readThousandths(fields, 0)
  const micros = readThousandths(fields, 1)
  return Object.freeze({
    ...(seconds === undefined ? {} : { seconds }),
    ...(millis === undefined ? {} : { millis }),
    ...(micros === undefined ? {} : { micros }),
  })
}

function readThousandths(fields: DerReader, number: number): number | undefined {
  const tag = contextPrimitive(number)
  const part = fields.optional(tag, (inner) => inner.smallInteger(999, tag))
  return part === 0 ? malformed('accuracy') : part
}

const writeAccuracy = ({ seconds, millis, micros }: Accuracy): Uint8Array =>
  sequence(seconds === undefined ? [] : [integer(seconds)], writeThousandths(0, millis), writeThousandths(1, micros))

function writeThousandths(number: number, part: number | undefined): Uint8Array[] {
  if (part === undefined) return []
  if (!(Number.isInteger(part) && part >= 1 && part <= 999)) malformed('accuracy')
  return [implicit(number, contentOf(integer(part)))]
}

const malformed = (what: string): never => fail('time_stamp_malformed', { what })
