import type { AlternativeNames } from './alternative-names.ts'
import { alternativeNames } from './alternative-names.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §5.3.3: in an indirect CRL, whose certificates this entry and those after it speak of. */
export const certificateIssuer: ExtensionCodec<AlternativeNames> = {
  ...alternativeNames('2.5.29.29', 'certificateIssuer'),
  // A reader that does not know it would take the entry for one of the CRL's own issuer.
  critical: () => true,
}
