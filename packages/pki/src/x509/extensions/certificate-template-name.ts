import { DerReader, string, TAG } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** Microsoft's older mark of a template, its name, such as `User` or `DomainController`. */
export const certificateTemplateName: ExtensionCodec<string> = {
  oid: '1.3.6.1.4.1.311.20.2',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'certificateTemplateName', (reader) =>
      reader.tag === TAG.bmpString ? reader.string().text : reader.malformed(),
    ),
  write: (name) => string('BMPString', name),
}
