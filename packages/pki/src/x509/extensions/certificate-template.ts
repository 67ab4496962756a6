import { DerReader, integer, oid, sequence, TAG } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** Microsoft's mark of the template that a certificate was made from (MS-WCCE §2.2.2.7.7.2). */
export interface CertificateTemplate {
  readonly id: string
  readonly majorVersion?: number
  readonly minorVersion?: number
}

export const certificateTemplate: ExtensionCodec<CertificateTemplate> = {
  oid: '1.3.6.1.4.1.311.21.7',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'certificateTemplate', (reader) =>
      reader.sequence((fields) => {
        const id = fields.oid()
        const majorVersion = readVersion(fields)
        const minorVersion = readVersion(fields)
        return Object.freeze({
          id,
          ...(majorVersion === undefined ? {} : { majorVersion }),
          ...(minorVersion === undefined ? {} : { minorVersion }),
        })
      }),
    ),
  write: ({ id, majorVersion, minorVersion }) =>
    sequence(
      oid(id),
      majorVersion === undefined ? [] : [integer(majorVersion)],
      // Two optional numbers: the second can only be told from the first when both are there.
      majorVersion === undefined || minorVersion === undefined ? [] : [integer(minorVersion)],
    ),
}

const readVersion = (fields: DerReader): number | undefined =>
  fields.optional(TAG.integer, (inner) => inner.smallInteger(0xffff_ffff))
