import type { DistributionPoint } from './distribution-points.ts'
import { distributionPoints } from './distribution-points.ts'
import type { ExtensionCodec } from './extension.ts'

/** Where delta CRLs are published: of a certificate (RFC 5280 §4.2.1.15) or of a full CRL (§5.2.6). */
export const freshestCRL: ExtensionCodec<readonly DistributionPoint[]> = distributionPoints('2.5.29.46', 'freshestCRL')
