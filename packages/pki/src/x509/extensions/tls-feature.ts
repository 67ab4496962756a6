import { DerReader, integer, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/**
 * RFC 7633: numbers of the TLS extensions that a server with this certificate must offer; 5 is status_request, which
 * makes it *must-staple*.
 */
export const tlsFeature: ExtensionCodec<readonly number[]> = {
  oid: '1.3.6.1.5.5.7.1.24',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'tlsFeature', (reader) =>
      Object.freeze(reader.sequenceOf((feature) => feature.smallInteger(0xffff))),
    ),
  write: (features) => sequence(features.map((feature) => integer(feature))),
}
