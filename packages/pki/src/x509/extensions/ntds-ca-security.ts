import {
  contextConstructed,
  DerReader,
  decodeString,
  encodeString,
  explicit,
  implicitConstructed,
  octetString,
  oid,
  sequence,
  TAG,
} from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { ExtensionCodec } from './extension.ts'

/**
 * Microsoft's szOID_NTDS_CA_SECURITY_EXT: the account's security identifier in the directory, as
 * text such as `S-1-5-21-1-2-3-1104`. Domain controllers map sign-ins by it.
 */
export const ntdsCaSecurity: ExtensionCodec<string> = {
  oid: '1.3.6.1.4.1.311.25.2',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'ntdsCaSecurity', (reader) =>
      reader.sequence((outer) =>
        outer.constructed(contextConstructed(0), (other) => {
          if (other.oid() !== OBJECT_SID) other.malformed()
          return checked(
            decodeString(
              TAG.ia5String,
              other.explicit(0, (inner) => inner.octetString()),
            ),
          )
        }),
      ),
    ),
  write: (identifier) =>
    sequence(
      implicitConstructed(0, oid(OBJECT_SID), explicit(0, octetString(encodeString('IA5String', checked(identifier))))),
    ),
}

const checked = (identifier: string): string =>
  /^S-1-(?:[0-9]+|0x[0-9A-Fa-f]+)(?:-[0-9]+){1,15}$/.test(identifier)
    ? identifier
    : fail('certificate_malformed', { what: 'ntdsCaSecurity' })

const OBJECT_SID = '1.3.6.1.4.1.311.25.2.1'
